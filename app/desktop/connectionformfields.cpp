// SPDX-License-Identifier: GPL-3.0-or-later
// The part of the form that follows the connector: its fields, the network's, and how they and the URL follow each other.
#include "desktop/connectionform.h"

#include "common/theme.h"
#include "connector/networkkeys.h"
#include "desktop/connectionfields.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>

#include <algorithm>

namespace desktop {

namespace {

struct NetworkText {
    const char *key;
    QString label;
    QString hint;
    connector::Field::Type type;
};

struct FormTr {
    Q_DECLARE_TR_FUNCTIONS(ConnectionForm)
};

std::vector<NetworkText> networkTexts()
{
    using Type = connector::Field::Type;
    return {{"ca", FormTr::tr("Certificate authority"), FormTr::tr("PEM file; empty: those of the system"), Type::File},
        {"cert", FormTr::tr("Client certificate"), FormTr::tr("PEM file, or PKCS#12"), Type::File},
        {"key", FormTr::tr("Its key"), FormTr::tr("PEM file; empty: in the certificate's"), Type::File},
        {"key_password", FormTr::tr("Password of the key"), {}, Type::Secret},
        {"server_name", FormTr::tr("Server name"), FormTr::tr("In place of the host, when the certificate is checked"), Type::Text},
        {"fingerprint", FormTr::tr("Accepted certificate"), FormTr::tr("SHA-256 of the one certificate that is accepted"), Type::Text},
        {"proxy", FormTr::tr("Proxy"), FormTr::tr("none, system, http://HOST:PORT or socks5://HOST:PORT"), Type::Text},
        {"proxy_password", FormTr::tr("Password for the proxy"), {}, Type::Secret},
        {"connect_timeout", FormTr::tr("Time to connect"), FormTr::tr("Seconds at most"), Type::Text},
        {"max_body", FormTr::tr("Largest answer"), FormTr::tr("Bytes; empty: no limit"), Type::Text},
        {"retries", FormTr::tr("Retries"), FormTr::tr("Of requests that are safe to repeat"), Type::Text}};
}

// The fields that say which log-in, and what it is made of.
bool isOfLogin(const connector::Field &field, const connector::Manifest &manifest)
{
    using connector::Field;
    if (field.type == Field::Type::Secret || field.urlPart == Field::UrlPart::User || field.urlPart == Field::UrlPart::Password || !field.impliesKey.empty())
        return true;
    return std::any_of(manifest.fields.begin(), manifest.fields.end(), [&](const Field &other) {
        return other.type == Field::Type::Secret && !other.shownWhenKey.empty() && (other.shownWhenKey == field.key || (field.type != Field::Type::Choice && field.shownWhenKey == other.shownWhenKey && field.shownWhenValues == other.shownWhenValues));
    });
}

bool matters(const connector::Field &field)
{
    using Part = connector::Field::UrlPart;
    return field.required || field.urlPart == Part::Host || field.urlPart == Part::Port || field.urlPart == Part::Path || field.urlPart == Part::None;
}

} // namespace

FormSection *ConnectionForm::sectionOf(const connector::Field &field) const
{
    if (isOfLogin(field, m_draft.manifest()))
        return m_login;
    return matters(field) ? m_server : m_more;
}

void ConnectionForm::rebuildFields()
{
    for (FormSection *section : {m_server, m_login, m_more})
        section->clearRows();
    m_rows.clear();
    auto *transport = new QComboBox(this);
    transport->addItem(QStringLiteral("HTTP"), QStringLiteral("http"));
    transport->addItem(QStringLiteral("HTTPS"), QStringLiteral("https"));
    m_transport = new FieldRow(tr("Transport"), {}, transport, this);
    connect(m_transport, &FieldRow::edited, this, [this](const QString &value) {
        m_draft.connection().transport = value.toStdString();
        followDraft(true);
    });
    for (const connector::Field &field : m_draft.manifest().fields)
        addField(field);
    m_server->addRow(m_transport);
    const auto &manifests = m_connections.manifests();
    for (std::size_t i = 0; i < manifests.size(); ++i) {
        if (&manifests[i] == &m_draft.manifest())
            m_connectors->button(static_cast<int>(i))->setChecked(true);
    }
    m_url->setPlaceholderText(QString::fromStdString(m_draft.manifest().scheme) + QStringLiteral("://…"));
}

void ConnectionForm::addField(const connector::Field &field)
{
    auto *row = new FieldRow(field, this);
    if (field.urlPart == connector::Field::UrlPart::Port && m_draft.manifest().defaultPort > 0)
        row->setPlaceholder(QString::number(m_draft.manifest().defaultPort));
    sectionOf(field)->addRow(row);
    m_rows.push_back(row);
    connect(row, &FieldRow::edited, this, [this, row](const QString &text) { onFieldEdited(row, text); });
}

void ConnectionForm::buildNetwork()
{
    for (const NetworkText &text : networkTexts()) {
        const bool isSecret = text.type == connector::Field::Type::Secret;
        if (isSecret ? !connector::networkSecret(text.key) : !connector::networkKey(text.key))
            continue;
        connector::Field field;
        field.key = text.key;
        field.label = text.label;
        field.hint = text.hint;
        field.type = text.type;
        addNetworkRow(field);
    }
}

void ConnectionForm::addNetworkRow(const connector::Field &field)
{
    auto *row = new FieldRow(field, this);
    m_network->addRow(row);
    m_networkRows.emplace_back(field.key, row);
    connect(row, &FieldRow::edited, this, [this, row](const QString &value) {
        const std::string &key = row->field().key;
        if (row->field().type == connector::Field::Type::Secret)
            m_draft.setSecret(row->field(), value);
        else if (value.trimmed().isEmpty())
            m_draft.connection().network.erase(key);
        else
            m_draft.connection().network[key] = value.trimmed().toStdString();
        followDraft(true);
    });
}

FieldRow *ConnectionForm::rowOf(const std::string &key) const
{
    if (key == "name")
        return m_name;
    if (key == "group")
        return m_group;
    if (key == "transport")
        return m_transport;
    for (FieldRow *row : m_rows) {
        if (row->field().key == key)
            return row;
    }
    for (const auto &[name, row] : m_networkRows) {
        if (name == key)
            return row;
    }
    return nullptr;
}

void ConnectionForm::showDraft()
{
    const workspace::SavedConnection &connection = m_draft.connection();
    m_name->setText(QString::fromStdString(connection.name));
    m_group->setText(QString::fromStdString(connection.group));
    m_colour->setColour(connection.colour);
    m_environment->setEnvironment(connection.environment);
    m_readOnly->setChecked(connection.isReadOnly);
    followDraft(true);
}

void ConnectionForm::showField(FieldRow &row)
{
    const connector::Field &field = row.field();
    row.setVisible(m_draft.isShown(field));
    if (field.type != connector::Field::Type::Secret) {
        const std::string value = m_draft.value(field);
        const bool isDefault = field.type != connector::Field::Type::Choice && field.type != connector::Field::Type::Flag && value == field.defaultValue;
        if (!row.line() || !row.line()->hasFocus())
            row.setText(isDefault ? QString() : QString::fromStdString(value));
        return;
    }
    const std::string reference = m_draft.reference(field);
    const auto secret = m_draft.secrets().find(field.key);
    if (!row.line()->hasFocus()) {
        const std::string_view text = !reference.empty() ? std::string_view(reference) : secret != m_draft.secrets().end() ? secret->second.reveal() : std::string_view();
        row.setText(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
    }
    row.setPlaceholder(m_draft.isKept(field) ? tr("in the keychain; type to change it") : tr("the secret, ${env:NAME} or ${command:…}"));
}

// What is shown and written elsewhere after a change of the draft. The line that somebody types in stays as it is.
void ConnectionForm::followDraft(bool withUrl)
{
    for (FieldRow *row : m_rows)
        showField(*row);
    m_transport->setText(QString::fromStdString(m_draft.connection().transport));
    for (const auto &[key, row] : m_networkRows) {
        const auto found = m_draft.connection().network.find(key);
        if (row->field().type == connector::Field::Type::Secret)
            showField(*row);
        else if (!row->line()->hasFocus())
            row->setText(found == m_draft.connection().network.end() ? QString() : QString::fromStdString(found->second));
    }
    for (FormSection *section : {m_server, m_login, m_more})
        section->hideIfEmpty();
    if (withUrl) {
        m_url->setText(m_draft.connection().values.empty() && m_draft.connection().network.empty() ? QString() : m_draft.url());
        showUrlNote({});
    }
    showProblems();
}

void ConnectionForm::showUrlNote(const QString &problem)
{
    const common::Theme &theme = common::Theme::of(this);
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, problem.isEmpty() ? theme.muted : theme.danger);
    m_urlNote->setPalette(colors);
    m_urlNote->setText(problem.isEmpty() ? tr("Paste a URL here, or fill in the fields: each follows the other. A password in it moves to its field.") : problem);
}

void ConnectionForm::onFieldEdited(FieldRow *row, const QString &text)
{
    if (row->field().type == connector::Field::Type::Secret)
        m_draft.setSecret(row->field(), text);
    else
        m_draft.setValue(row->field(), text.trimmed().toStdString());
    followDraft(true);
}

void ConnectionForm::onUrlEdited(const QString &text)
{
    const connector::Manifest *before = &m_draft.manifest();
    const core::Result<bool> taken = text.trimmed().isEmpty() ? core::Result<bool>(false) : m_draft.takeUrl(text.trimmed());
    if (!taken) {
        showUrlNote(taken.error().message + (taken.error().hint.isEmpty() ? QString() : QLatin1Char(' ') + taken.error().hint));
        return;
    }
    if (before != &m_draft.manifest())
        rebuildFields();
    QString plain = m_draft.url();
    if (plain.endsWith(QLatin1Char('/')) && !text.trimmed().endsWith(QLatin1Char('/')))
        plain.chop(1); // somebody may be about to type it
    followDraft(false);
    showUrlNote({});
    if (taken.value() && plain != text) { // what is behind the cursor stays behind it
        const int behind = static_cast<int>(text.size()) - m_url->cursorPosition();
        m_url->setText(plain);
        m_url->setCursorPosition(qMax(0, static_cast<int>(plain.size()) - behind));
    }
}

void ConnectionForm::showProblems()
{
    const auto problems = m_showsProblems ? m_draft.problems() : std::map<std::string, QString>();
    const auto of = [&](const std::string &key) {
        const auto found = problems.find(key);
        return found == problems.end() ? QString() : found->second;
    };
    m_name->setProblem(of("name"));
    for (FieldRow *row : m_rows)
        row->setProblem(of(row->field().key));
    for (const auto &[key, row] : m_networkRows)
        row->setProblem(of(key));
}

} // namespace desktop
