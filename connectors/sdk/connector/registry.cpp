// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/registry.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLibrary>
#include <QPluginLoader>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <map>
#include <tuple>

#include <elf.h>

namespace connector {

namespace {

struct RegistryTr {
    Q_DECLARE_TR_FUNCTIONS(Registry)
};

// A file whose end is missing may be loaded all the same and end the program later. What stands last in a library is the
// table of its sections, so its end is the file's least size.
bool isCutOff(const QString &path, qint64 size)
{
    QFile file(path);
    Elf64_Ehdr header{};
    const bool isRead = file.open(QIODevice::ReadOnly)
        && file.read(reinterpret_cast<char *>(&header), sizeof header) == static_cast<qint64>(sizeof header);
    if (!isRead || std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0 || header.e_ident[EI_CLASS] != ELFCLASS64)
        return false;
    return header.e_shoff + std::uint64_t(header.e_shnum) * header.e_shentsize > static_cast<std::uint64_t>(size);
}

// Empty if the file may be looked into.
QString fileFailure(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isReadable())
        return RegistryTr::tr("The file cannot be read; check its permissions.");
    if (info.size() == 0)
        return RegistryTr::tr("The file is empty; install the connector again.");
    if (isCutOff(path, info.size()))
        return RegistryTr::tr("The end of the file is missing; install the connector again.");
    return {};
}

// Empty if the plugin was made for this program.
QString interfaceFailure(const QString &iid)
{
    const QString ours = QStringLiteral(ONDO_CONNECTOR_IID);
    if (iid == ours)
        return {};
    const qsizetype stem = ours.lastIndexOf(QLatin1Char('/')) + 1;
    if (iid.left(stem) == ours.left(stem)) {
        return RegistryTr::tr("It was built for version %1 of the connector interface, this program has version %2; "
                              "use a connector that was built for this program.")
            .arg(iid.mid(stem), ours.mid(stem));
    }
    return RegistryTr::tr("It is a plugin of another kind (%1).").arg(iid);
}

Registry::Entry readEntry(const QString &file)
{
    Registry::Entry entry;
    entry.file = file;
    entry.id = QFileInfo(file).completeBaseName().toStdString();
    entry.state = Registry::State::Damaged;
    entry.reason = fileFailure(file);
    if (!entry.reason.isEmpty())
        return entry;
    const QPluginLoader loader(file);
    const QJsonObject data = loader.metaData();
    if (data.isEmpty()) {
        entry.reason
            = RegistryTr::tr("This is not a plugin that can be used here: %1 Install the connector again.").arg(loader.errorString());
        return entry;
    }
    entry.reason = interfaceFailure(data.value(QStringLiteral("IID")).toString());
    if (!entry.reason.isEmpty())
        return entry;
    auto manifest = Manifest::fromJson(data.value(QStringLiteral("MetaData")).toObject());
    if (!manifest) {
        entry.reason = manifest.error().message;
        return entry;
    }
    entry.manifest = std::move(manifest).value();
    entry.id = entry.manifest.id;
    entry.state = Registry::State::Ready;
    return entry;
}

bool isUsable(const Registry::Entry &entry)
{
    return entry.state == Registry::State::Ready || entry.state == Registry::State::Loaded;
}

core::Error registryError(core::ErrorKind kind, const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = kind;
    error.message = message;
    error.hint = hint;
    return error;
}

} // namespace

struct Registry::State_ {
    std::vector<Entry> entries;
    std::map<std::string, std::unique_ptr<QPluginLoader>, std::less<>> loaders;

    void add(Entry entry);
    Entry *find(std::string_view id);
    QString load(Entry &entry);
};

void Registry::State_::add(Entry entry)
{
    const auto first = std::find_if(entries.begin(), entries.end(),
        [&entry](const Entry &other) { return isUsable(other) && other.id == entry.id; });
    if (first != entries.end() && entry.state == State::Ready) {
        entry.state = State::Duplicate;
        entry.reason = RegistryTr::tr("%1 has the same id and was found first.").arg(first->file);
    }
    entries.push_back(std::move(entry));
}

Registry::Entry *Registry::State_::find(std::string_view id)
{
    Entry *damaged = nullptr;
    for (Entry &entry : entries) {
        if (entry.id == id && isUsable(entry))
            return &entry;
        if (entry.id == id && entry.state == State::Damaged)
            damaged = &entry;
    }
    return damaged;
}

// Empty on success.
QString Registry::State_::load(Entry &entry)
{
    auto loader = std::make_unique<QPluginLoader>(entry.file);
    // All symbols at once: one that is missing shall be told now, not end the program later.
    loader->setLoadHints(QLibrary::ResolveAllSymbolsHint | QLibrary::PreventUnloadHint);
    QObject *root = loader->instance();
    if (!root)
        return QFileInfo::exists(entry.file)
            ? RegistryTr::tr("It cannot be loaded: %1").arg(loader->errorString())
            : RegistryTr::tr("The file has gone since the program started; install the connector again and restart.");
    if (!qobject_cast<Connector *>(root))
        return RegistryTr::tr("Its root object is not a connector.");
    loaders[entry.id] = std::move(loader);
    return {};
}

Registry::Registry(const QStringList &folders)
    : m_state(std::make_unique<State_>())
{
    QStringList seen;
    for (const QString &folder : folders) {
        const QString path = QFileInfo(folder).canonicalFilePath();
        if (path.isEmpty() || seen.contains(path))
            continue;
        seen << path;
        const QStringList files = QDir(path).entryList(QDir::Files, QDir::Name);
        for (const QString &file : files) {
            if (QLibrary::isLibrary(file))
                m_state->add(readEntry(path + QLatin1Char('/') + file));
        }
    }
}

Registry::~Registry() = default;

const std::vector<Registry::Entry> &Registry::entries() const
{
    return m_state->entries;
}

std::vector<Manifest> Registry::manifests() const
{
    std::vector<Manifest> usable;
    for (const Entry &entry : m_state->entries) {
        if (isUsable(entry))
            usable.push_back(entry.manifest);
    }
    std::stable_sort(usable.begin(), usable.end(), [](const Manifest &left, const Manifest &right) {
        return std::tie(left.order, left.id) < std::tie(right.order, right.id);
    });
    return usable;
}

const Manifest *Registry::manifest(std::string_view id) const
{
    const Entry *entry = m_state->find(id);
    return entry && isUsable(*entry) ? &entry->manifest : nullptr;
}

core::Result<Connector *> Registry::connector(std::string_view id)
{
    const QString name = QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()));
    Entry *entry = m_state->find(id);
    if (!entry) {
        return registryError(core::ErrorKind::Usage, RegistryTr::tr("There is no connector \"%1\".").arg(name),
            RegistryTr::tr("The command \"connectors\" lists those that there are."));
    }
    if (entry->state == State::Ready) {
        entry->reason = m_state->load(*entry);
        entry->state = entry->reason.isEmpty() ? State::Loaded : State::Damaged;
    }
    if (entry->state == State::Damaged) {
        return registryError(core::ErrorKind::Unsupported,
            RegistryTr::tr("The connector \"%1\" cannot be used: %2").arg(name, entry->reason),
            RegistryTr::tr("Its file is %1.").arg(entry->file));
    }
    return qobject_cast<Connector *>(m_state->loaders.find(id)->second->instance());
}

QStringList Registry::defaultFolders()
{
    const QString beside = QCoreApplication::applicationDirPath() + QStringLiteral("/../");
    const QString folder = QStringLiteral("/ondograph/connectors");
    QStringList folders{beside + QStringLiteral("lib") + folder, beside + QStringLiteral(ONDO_INSTALL_LIBDIR) + folder};
    folders += qEnvironmentVariable("ONDOGRAPH_CONNECTOR_PATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    return folders;
}

const char *word(Registry::State state)
{
    switch (state) {
    case Registry::State::Ready:
        return "ready";
    case Registry::State::Loaded:
        return "loaded";
    case Registry::State::Duplicate:
        return "duplicate";
    case Registry::State::Damaged:
        break;
    }
    return "damaged";
}

} // namespace connector
