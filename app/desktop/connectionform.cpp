// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/connectionform.h"

#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"
#include "desktop/connectionfields.h"
#include "desktop/diagnosisview.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

namespace {
constexpr int kPageWidth = 190 * common::kStep;
}

ConnectionForm::ConnectionForm(ConnectionService &connections, Workers &workers, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_draft(connections.manifests())
    , m_title(new QLabel(this))
    , m_connectors(new QButtonGroup(this))
    , m_url(new QLineEdit(this))
    , m_urlNote(new QLabel(this))
    , m_message(new common::MessageBar(this))
    , m_test(new DiagnosisView(connections.manifests(), workers, this))
{
    setAutoFillBackground(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBody(), 1);
    column->addWidget(m_message);
    column->addWidget(buildFoot());
    connect(m_url, &QLineEdit::textEdited, this, &ConnectionForm::onUrlEdited);
    connect(m_message, &common::MessageBar::pressed, this, [this](const QString &id) {
        m_message->hide();
        if (id == QLatin1String("discard"))
            Q_EMIT closed();
    });
    auto *saveKeys = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_S), this);
    auto *cancelKeys = new QShortcut(QKeySequence(Qt::Key_Escape), this);
    for (QShortcut *shortcut : {saveKeys, cancelKeys})
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(saveKeys, &QShortcut::activated, this, &ConnectionForm::save);
    connect(cancelKeys, &QShortcut::activated, this, &ConnectionForm::cancel);
}

QWidget *ConnectionForm::buildBody()
{
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget(scroll);
    page->setMaximumWidth(kPageWidth);
    auto *outer = new QWidget(scroll);
    auto *centred = new QHBoxLayout(outer);
    centred->setContentsMargins(6 * common::kStep, 4 * common::kStep, 6 * common::kStep, 6 * common::kStep);
    centred->addStretch(1);
    centred->addWidget(page, 100);
    centred->addStretch(1);
    m_column = new QVBoxLayout(page);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(common::kStep);
    m_column->addWidget(buildHead());
    m_identity = new FormSection(tr("Connection"), false, page);
    m_server = new FormSection(tr("Server"), false, page);
    m_login = new FormSection(tr("Log-in"), false, page);
    m_more = new FormSection(tr("More settings"), true, page);
    m_network = new FormSection(tr("Network, proxy and certificates"), true, page);
    for (FormSection *section : {m_identity, m_server, m_login, m_more, m_network})
        m_column->addWidget(section);
    m_test->hide();
    m_test->setMinimumHeight(100 * common::kStep);
    m_column->addWidget(m_test);
    m_column->addStretch(1);
    m_scroll = scroll;
    buildIdentity();
    buildNetwork();
    scroll->setWidget(outer);
    return scroll;
}

QWidget *ConnectionForm::buildHead()
{
    auto *head = new QWidget(this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.5);
    m_title->setFont(large);
    m_title->setTextFormat(Qt::PlainText);
    m_url->setFont(common::dataFont());
    m_url->setObjectName(QStringLiteral("form.url"));
    m_url->setAccessibleName(tr("URL of the connection"));
    m_url->setMinimumHeight(9 * common::kStep);
    m_urlNote->setTextFormat(Qt::PlainText);
    m_urlNote->setWordWrap(true);
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, common::kStep);
    column->setSpacing(2 * common::kStep);
    column->addWidget(m_title);
    auto *tiles = new QHBoxLayout;
    tiles->setSpacing(common::kStep);
    for (std::size_t i = 0; i < m_connections.manifests().size(); ++i) {
        const connector::Manifest &manifest = m_connections.manifests()[i];
        auto *tile = new QToolButton(head);
        tile->setCheckable(true);
        tile->setAutoRaise(true);
        tile->setIcon(common::iconFromSvg(manifest.icon));
        tile->setIconSize(QSize(20, 20));
        tile->setText(manifest.name);
        tile->setToolTip(manifest.description);
        tile->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        m_connectors->addButton(tile, static_cast<int>(i));
        tiles->addWidget(tile);
    }
    tiles->addStretch();
    column->addLayout(tiles);
    column->addWidget(m_url);
    column->addWidget(m_urlNote);
    connect(m_connectors, &QButtonGroup::idClicked, this, [this](int id) {
        m_draft.setConnector(m_connections.manifests()[static_cast<std::size_t>(id)].id);
        rebuildFields();
        showDraft();
    });
    return head;
}

void ConnectionForm::buildIdentity()
{
    m_name = new FieldRow(tr("Name"), {}, new QLineEdit(this), this);
    auto *groups = new QComboBox(this);
    groups->setEditable(true);
    groups->setInsertPolicy(QComboBox::NoInsert);
    groups->lineEdit()->setPlaceholderText(tr("none"));
    m_group = new FieldRow(tr("Group"), {}, groups, this);
    m_colour = new ColourChoice(this);
    m_environment = new EnvironmentChoice(this);
    m_readOnly = new QCheckBox(tr("Refuse what may change something"), this);
    m_identity->addRow(m_name);
    m_identity->addRow(m_group);
    m_identity->addRow(new FieldRow(tr("Colour"), {}, m_colour, this));
    m_identity->addRow(new FieldRow(tr("Environment"), tr("On production, what changes something is asked for twice."), m_environment, this));
    m_identity->addRow(new FieldRow(tr("Read-only"), {}, m_readOnly, this));
    connect(m_name, &FieldRow::edited, this, [this](const QString &text) { m_draft.connection().name = text.toStdString(); showProblems(); });
    connect(m_group, &FieldRow::edited, this, [this](const QString &text) { m_draft.connection().group = text.trimmed().toStdString(); });
    connect(m_colour, &ColourChoice::edited, this, [this] { m_draft.connection().colour = m_colour->colour(); });
    connect(m_environment, &EnvironmentChoice::edited, this, [this] { m_draft.connection().environment = m_environment->environment(); });
    connect(m_readOnly, &QCheckBox::clicked, this, [this](bool isOn) { m_draft.connection().isReadOnly = isOn; });
}

QWidget *ConnectionForm::buildFoot()
{
    auto *foot = new QWidget(this);
    auto *cancelButton = new QPushButton(tr("Cancel"), foot);
    m_save = new QPushButton(tr("Save"), foot);
    m_save->setObjectName(QStringLiteral("form.save"));
    m_save->setDefault(true);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(6 * common::kStep, 2 * common::kStep, 6 * common::kStep, 2 * common::kStep);
    row->setSpacing(2 * common::kStep);
    auto *testButton = new QPushButton(tr("Test connection"), foot);
    testButton->setObjectName(QStringLiteral("form.test"));
    row->addWidget(testButton);
    row->addStretch(1);
    row->addWidget(cancelButton);
    row->addWidget(m_save);
    connect(testButton, &QPushButton::clicked, this, &ConnectionForm::test);
    connect(m_test, &DiagnosisView::againWanted, this, &ConnectionForm::test);
    connect(m_test, &DiagnosisView::fingerprintAccepted, this, [this](const QString &fingerprint) {
        m_draft.connection().network["fingerprint"] = fingerprint.toStdString();
        followDraft(true);
        test();
    });
    connect(cancelButton, &QPushButton::clicked, this, &ConnectionForm::cancel);
    connect(m_save, &QPushButton::clicked, this, &ConnectionForm::save);
    return foot;
}

void ConnectionForm::startNew()
{
    m_draft.begin(m_draft.manifest().id);
    begin(tr("New connection"), {});
    m_url->setFocus();
}

void ConnectionForm::startEditing(const workspace::SavedConnection &connection)
{
    const QString name = QString::fromStdString(connection.name);
    m_draft.begin(connection);
    begin(tr("Edit \"%1\"").arg(name), name);
    m_name->focusEditor();
}

void ConnectionForm::startCopy(const workspace::SavedConnection &connection)
{
    workspace::SavedConnection copy = connection;
    copy.name = freeName(QString::fromStdString(connection.name)).toStdString();
    copy.order = 0;
    m_draft.begin(copy);
    begin(tr("Copy of \"%1\"").arg(QString::fromStdString(connection.name)), {});
    m_unchanged.clear(); // a copy is worth a question
    m_name->focusEditor();
    m_name->line()->selectAll();
}

QString ConnectionForm::freeName(const QString &name) const
{
    for (int number = 2;; ++number) {
        const QString candidate = QStringLiteral("%1 %2").arg(name).arg(number);
        if (!m_connections.entry(candidate))
            return candidate;
    }
}

void ConnectionForm::begin(const QString &title, const QString &former)
{
    m_former = former;
    m_title->setText(title);
    m_message->hide();
    m_test->stop();
    m_test->hide();
    m_showsProblems = false;
    auto *groups = m_group->findChild<QComboBox *>();
    const QSignalBlocker quiet(groups); // filling the list is no edit
    groups->clear();
    for (const ConnectionEntry &entry : m_connections.entries()) {
        if (!entry.group.isEmpty() && groups->findText(entry.group) < 0)
            groups->addItem(entry.group);
    }
    rebuildFields();
    showDraft();
    m_more->setOpen(false);
    m_network->setOpen(!m_draft.connection().network.empty());
    m_unchanged = fingerprint();
}

QByteArray ConnectionForm::fingerprint() const
{
    return m_draft.connection().toJson() + QByteArray::number(static_cast<qlonglong>(m_draft.secrets().size()));
}

bool ConnectionForm::isModified() const
{
    return fingerprint() != m_unchanged;
}

void ConnectionForm::refuseToLeave()
{
    m_message->showMessage(common::MessageBar::Kind::Warning, tr("What you have changed here is not saved."));
    m_message->addButton(QStringLiteral("stay"), tr("Go on editing"));
    m_message->addButton(QStringLiteral("discard"), tr("Discard"));
}

void ConnectionForm::cancel()
{
    if (isModified())
        refuseToLeave();
    else
        Q_EMIT closed();
}

// What is typed is tested, saved or not; what the keychain has is found under the name in the file.
void ConnectionForm::test()
{
    workspace::SavedConnection connection = m_draft.finished();
    const QString name = QString::fromStdString(connection.name);
    if (!m_former.isEmpty())
        connection.name = m_former.toStdString();
    m_test->show();
    m_connections.openUnsaved(connection, m_draft.secrets(), this, [this, name](const ConnectionResult &opened) {
        if (opened)
            m_test->start(name, opened.value());
        else
            m_test->showFailure(name, opened.error());
        m_scroll->ensureWidgetVisible(m_test);
    });
}

void ConnectionForm::save()
{
    m_showsProblems = true;
    showProblems();
    if (const auto problems = m_draft.problems(); !problems.empty()) {
        if (FieldRow *row = rowOf(problems.contains("name") ? "name" : problems.begin()->first)) {
            for (FormSection *section : {m_more, m_network}) {
                if (section->isAncestorOf(row))
                    section->setOpen(true);
            }
            row->focusEditor();
        }
        return;
    }
    const workspace::SavedConnection connection = m_draft.finished();
    m_save->setEnabled(false);
    m_connections.save(connection, m_former, m_draft.secrets(), this, [this, name = QString::fromStdString(connection.name)](const core::Result<void> &result) {
        m_save->setEnabled(true);
        if (!result) {
            m_message->showMessage(common::MessageBar::Kind::Danger, result.error().message);
            m_name->focusEditor();
            return;
        }
        m_unchanged = fingerprint();
        Q_EMIT saved(name);
        Q_EMIT closed();
    });
}

void ConnectionForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_name)
        showUrlNote({});
}

} // namespace desktop

#include "moc_connectionform.cpp"
