// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/querytab.h"

#include "catalog/callformview.h"
#include "common/emptystate.h"
#include "common/environment.h"
#include "common/icons.h"
#include "common/messagebar.h"
#include "common/theme.h"
#include "connector/request.h"
#include "connector/script.h"
#include "desktop/messagesview.h"
#include "desktop/parameterbar.h"
#include "desktop/statusline.h"
#include "desktop/tokenchip.h"
#include "desktop/zonemenu.h"
#include "editor/findbar.h"
#include "editor/scripteditor.h"

#include <QAction>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace desktop {

namespace {

constexpr qint64 kDefaultLimit = 1000000;

QString allowId()
{
    return QStringLiteral("allow");
}

QToolButton *runButton(QWidget *parent, QAction *action, Qt::ToolButtonStyle buttonStyle)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(buttonStyle);
    button->setAutoRaise(true);
    return button;
}

} // namespace

QueryTab::QueryTab(ConnectionService &connections, Workers &workers, const TabActions &actions, QWidget *parent)
    : QWidget(parent)
    , m_connections(connections)
    , m_editor(new editor::ScriptEditor(this))
    , m_findBar(new editor::FindBar(m_editor, this))
    , m_callForm(new catalog::CallFormView(this))
    , m_parameters(new ParameterBar(this))
    , m_message(new common::MessageBar(this))
    , m_results(new ResultPanel(connections, workers, this))
    , m_halves(new QSplitter(Qt::Vertical, this))
{
    QWidget *above = makeUpperHalf(actions);
    auto *below = new QWidget(m_halves);
    auto *belowColumn = new QVBoxLayout(below);
    belowColumn->setContentsMargins(0, 0, 0, 0);
    belowColumn->setSpacing(0);
    belowColumn->addWidget(makeBar(actions, workers));
    belowColumn->addWidget(m_results, 1);
    m_halves->addWidget(above);
    m_halves->addWidget(below);
    m_halves->setChildrenCollapsible(false);
    m_halves->setSizes({60 * common::kStep, 120 * common::kStep});
    m_halves->setStretchFactor(1, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_halves);
    setFocusProxy(m_editor);
    m_results->emptyState()->addAction(actions.run);

    connect(&m_connections, &ConnectionService::listChanged, this, &QueryTab::refreshConnections);
    connect(m_editor, &editor::ScriptEditor::statementChanged, this, &QueryTab::changed);
    connect(m_editor, &QsciScintilla::modificationChanged, this, &QueryTab::titleChanged);
    connect(m_halves, &QSplitter::splitterMoved, this, &QueryTab::changed);
    connect(m_results, &ResultPanel::stateChanged, this, &QueryTab::refreshStatus);
    connect(m_results, &ResultPanel::runningChanged, this, &QueryTab::runningChanged);
    connect(m_results, &ResultPanel::failed, this, &QueryTab::onFailed);
    connect(m_message, &common::MessageBar::pressed, this, &QueryTab::onMessageButton);
    watchSecrets();
    refreshConnections();
}

QWidget *QueryTab::makeUpperHalf(const TabActions &actions)
{
    m_editor->addActions(actions.editing);
    auto *above = new QWidget(m_halves);
    auto *column = new QVBoxLayout(above);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_callForm);
    column->addWidget(m_editor, 1);
    column->addWidget(m_findBar);
    column->addWidget(m_parameters);
    column->addWidget(m_message);
    connect(m_callForm, &catalog::CallFormView::runWanted, this, &QueryTab::call);
    connect(m_parameters, &ParameterBar::runWanted, this, &QueryTab::runAtCursor);
    connect(m_editor, &editor::ScriptEditor::statementChanged, this, &QueryTab::refreshParameters);
    return above;
}

QWidget *QueryTab::makeBar(const TabActions &actions, Workers &workers)
{
    auto *bar = new QWidget(this);
    m_connectionBox = new QComboBox(bar);
    m_connectionBox->setToolTip(tr("Connection that the statements run on"));
    m_connectionBox->setAccessibleName(m_connectionBox->toolTip());
    m_connectionBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_connectionBox->setMaximumWidth(70 * common::kStep);
    m_environment = new common::EnvironmentChip(bar);
    m_limitBox = new QComboBox(bar);
    m_limitBox->setToolTip(tr("Rows of a result after which it is held, and you are asked"));
    m_limitBox->setAccessibleName(m_limitBox->toolTip());
    for (const qint64 limit : {qint64(1000), qint64(10000), qint64(100000), kDefaultLimit, qint64(10000000)})
        m_limitBox->addItem(tr("Limit %1").arg(countText(limit)), limit);
    m_limitBox->addItem(tr("No limit"), qint64(0));
    m_limitBox->setCurrentIndex(m_limitBox->findData(kDefaultLimit));
    m_zone = new ZoneMenu(bar);
    m_token = new TokenChip(m_connections, workers, bar);
    m_status = new StatusLine(this);
    m_results->setCornerWidget(m_status);

    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(2 * common::kStep, common::kStep, 3 * common::kStep, common::kStep);
    row->setSpacing(common::kStep);
    row->addWidget(runButton(bar, actions.run, Qt::ToolButtonTextBesideIcon));
    row->addWidget(runButton(bar, actions.runAll, Qt::ToolButtonIconOnly));
    row->addWidget(runButton(bar, actions.stop, Qt::ToolButtonTextBesideIcon));
    row->addSpacing(common::kStep);
    row->addWidget(m_connectionBox);
    row->addWidget(m_environment);
    row->addWidget(m_limitBox);
    row->addWidget(m_zone);
    row->addWidget(m_token);
    row->addStretch(1);
    connect(m_connectionBox, &QComboBox::activated, this,
        [this](int index) { setConnectionName(m_connectionBox->itemData(index).toString()); });
    connect(m_limitBox, &QComboBox::activated, this, &QueryTab::changed);
    connect(m_zone, &ZoneMenu::zoneChanged, this, &QueryTab::applyZone);
    connect(m_zone, &ZoneMenu::zoneChanged, this, &QueryTab::changed);
    return bar;
}

void QueryTab::restore(const workspace::DocumentState &state)
{
    m_title = state.title;
    m_path = state.path;
    m_wasModified = state.isModified;
    m_editor->setText(state.text);
    m_editor->setModified(false);
    m_editor->setCursorByte(state.cursor);
    m_zone->setChosen(state.zone);
    setConnectionName(state.connection);
    if (const int index = m_limitBox->findData(state.rowLimit); index >= 0)
        m_limitBox->setCurrentIndex(index);
    if (!state.splitter.isEmpty())
        m_halves->restoreState(state.splitter);
}

workspace::DocumentState QueryTab::state() const
{
    workspace::DocumentState state;
    state.title = m_title;
    state.path = m_path;
    state.isModified = isModified();
    state.connection = m_connection;
    state.text = m_editor->text();
    state.cursor = m_editor->cursorByte();
    state.rowLimit = rowLimit();
    state.zone = m_zone->chosen();
    state.splitter = m_halves->saveState();
    return state;
}

bool QueryTab::isModified() const
{
    return !m_path.isEmpty() && (m_wasModified || m_editor->isModified());
}

void QueryTab::setSaved(const QString &path, const QString &text)
{
    m_path = path;
    m_title = QFileInfo(path).fileName();
    m_wasModified = m_editor->text() != text; // typed while it was written
    if (!m_wasModified)
        m_editor->setModified(false);
    Q_EMIT titleChanged();
    Q_EMIT changed();
}

void QueryTab::setTitle(const QString &title)
{
    m_title = title;
    Q_EMIT changed();
}

void QueryTab::setText(const QString &text)
{
    m_editor->setText(text);
}

void QueryTab::setCatalogNames(const QStringList &names)
{
    m_editor->setCatalogNames(names);
}

void QueryTab::setConnectionName(const QString &name)
{
    m_connection = name;
    refreshConnections();
    Q_EMIT connectionChanged();
    Q_EMIT changed();
}

void QueryTab::refreshConnections()
{
    m_connectionBox->clear();
    for (const ConnectionEntry &entry : m_connections.entries()) {
        const connector::Manifest *manifest = m_connections.manifestOf(entry.name);
        m_connectionBox->addItem(common::iconFromSvg(manifest ? manifest->icon : QString()), entry.name, entry.name);
    }
    if (m_connection.isEmpty() && !m_connections.entries().empty())
        m_connection = m_connections.entries().front().name;
    int index = m_connectionBox->findData(m_connection);
    if (index < 0 && !m_connection.isEmpty()) {
        // A connection that was kept with the text but is not there now: named, so that nothing runs elsewhere by mistake.
        m_connectionBox->addItem(common::icon(QStringLiteral("warning"), common::Tint::Warning), m_connection, m_connection);
        index = m_connectionBox->count() - 1;
    }
    m_connectionBox->setCurrentIndex(index);
    const ConnectionEntry *entry = m_connections.entry(m_connection);
    m_environment->setEnvironment(entry ? QString::fromStdString(entry->environment) : QString(), entry && entry->isReadOnly);
    Q_EMIT environmentChanged();
    if (const connector::Manifest *manifest = m_connections.manifestOf(m_connection))
        m_editor->setDialect(manifest->language);
    m_zone->setConnectionZone(m_connections.zoneOf(m_connection));
    m_token->setConnection(m_connection);
    applyZone();
}

qint64 QueryTab::rowLimit() const
{
    return m_limitBox->currentData().toLongLong();
}

void QueryTab::runAtCursor()
{
    run(m_editor->statementsToRun());
}

void QueryTab::runAll()
{
    run(m_editor->allStatements());
}

void QueryTab::runBatch(const std::string &batch)
{
    run(m_editor->allStatements(), batch);
}

void QueryTab::run(std::vector<connector::Statement> statements, const std::string &batch)
{
    m_message->hide();
    m_asked.reset();
    m_editor->clearErrors();
    if (statements.empty()) {
        m_message->showMessage(common::MessageBar::Kind::Info, tr("There is no statement at the cursor."),
            tr("Place the cursor in a statement, or select the text to run."));
        return;
    }
    if (m_connection.isEmpty()) {
        m_message->showMessage(common::MessageBar::Kind::Info, tr("No connection is chosen."),
            tr("Choose one in the bar below, or add one to the list of connections."));
        return;
    }
    if (lacksParameters(statements))
        return;
    fillVariables(statements);
    if (isHeldBack(statements, batch))
        return;
    m_results->run(m_connection, std::move(statements), {rowLimit(), m_parameters->parameters(), batch});
}

// Whether the statements must not go out now: refused, or somebody is asked whether they may. m_asked keeps what for.
bool QueryTab::isHeldBack(const std::vector<connector::Statement> &statements, const std::string &batch)
{
    const ConnectionEntry *entry = m_connections.entry(m_connection);
    const connector::Manifest *manifest = m_connections.manifestOf(m_connection);
    if (m_connections.entries().empty()) {
        m_message->showMessage(common::MessageBar::Kind::Info, tr("The connections are still being read. Run it again in a moment."));
        return true;
    }
    const WriteCheck check = entry && manifest ? checkWrites(*entry, *manifest, statements) : WriteCheck();
    if (check.verdict == WriteCheck::Verdict::Refused)
        m_message->showMessage(common::MessageBar::Kind::Warning, check.message, check.hint);
    if (check.verdict == WriteCheck::Verdict::Asked)
        askToWrite(check, statements, batch);
    return check.verdict != WriteCheck::Verdict::Allowed;
}

// The focus goes to the button that does nothing: Return alone must not write.
void QueryTab::askToWrite(const WriteCheck &check, const std::vector<connector::Statement> &statements, const std::string &batch)
{
    m_asked = Asked{statements, batch, m_connection};
    m_message->showMessage(common::MessageBar::Kind::Danger, check.message, check.hint);
    m_message->addButton(QStringLiteral("keep"), tr("Do not run"));
    m_message->addButton(QStringLiteral("write"), tr("Run on production"));
    m_message->focusButton(QStringLiteral("keep"));
}

void QueryTab::onMessageButton(const QString &id)
{
    const std::optional<Asked> asked = std::exchange(m_asked, std::nullopt);
    if (id == allowId()) {
        allowCommands();
        return;
    }
    if (id != QLatin1String("keep") && id != QLatin1String("write")) {
        m_results->showView(ResultPanel::View::Messages);
        return;
    }
    m_message->hide();
    m_editor->setFocus();
    if (id == QLatin1String("write") && asked && asked->connection == m_connection)
        m_results->run(m_connection, asked->statements, {rowLimit(), m_parameters->parameters(), asked->batch});
}

std::vector<std::string> QueryTab::fieldsOf(const std::vector<connector::Statement> &statements) const
{
    const connector::Manifest *manifest = m_connections.manifestOf(m_connection);
    std::vector<std::string> names;
    const auto add = [&names](std::vector<std::string> more) {
        for (std::string &name : more) {
            if (std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(std::move(name));
        }
    };
    for (const connector::Statement &statement : statements) {
        if (statement.isRequest)
            add(connector::variablesOf(statement.text));
        if (manifest && manifest->capabilities.parameters)
            add(connector::parametersOf(statement, manifest->language));
    }
    return names;
}

// Variables are text of the request, whatever the server takes as parameters.
void QueryTab::fillVariables(std::vector<connector::Statement> &statements) const
{
    std::vector<std::pair<std::string, std::string>> values;
    for (const connector::Parameter &parameter : m_parameters->parameters())
        values.emplace_back(parameter.name, parameter.value.value_or(std::string()));
    for (connector::Statement &statement : statements) {
        if (statement.isRequest)
            statement.text = connector::withVariables(statement.text, values);
    }
}

// Shows the fields of what is to run and asks for those that are empty.
bool QueryTab::lacksParameters(const std::vector<connector::Statement> &statements)
{
    const connector::Manifest *manifest = m_connections.manifestOf(m_connection);
    const std::vector<std::string> names = fieldsOf(statements);
    if (names.empty())
        return false;
    m_parameters->setParameters(names, manifest && manifest->language.hasNumberedParameters ? manifest->language.types : QStringList());
    if (!m_parameters->askForMissing(names))
        return false;
    m_message->showMessage(common::MessageBar::Kind::Info, tr("The statement has parameters without a value."),
        tr("Fill them in above and run it again (Return)."));
    return true;
}

void QueryTab::refreshParameters()
{
    const connector::Manifest *manifest = m_connections.manifestOf(m_connection);
    m_parameters->setParameters(fieldsOf(m_editor->statementsToRun()),
        manifest && manifest->language.hasNumberedParameters ? manifest->language.types : QStringList());
}

void QueryTab::showCallForm(const std::vector<std::string> &path, const connector::CallForm &form)
{
    m_callPath = path;
    m_callForm->setForm(form);
}

void QueryTab::call()
{
    m_connections.open(m_connection, this, [this](const ConnectionResult &result) {
        if (!result) {
            m_callForm->showError(result.error().message, result.error().hint);
            return;
        }
        const auto text = result.value()->session->callStatement(m_callPath, m_callForm->form(), m_callForm->values());
        if (!text) {
            m_callForm->showError(text.error().message, text.error().hint);
            return;
        }
        m_callForm->clearError();
        m_editor->setText(QString::fromStdString(*text));
        runAll();
    });
}

void QueryTab::stop()
{
    m_results->stop();
}

void QueryTab::find()
{
    m_findBar->open();
}

void QueryTab::chooseZone()
{
    m_zone->click();
}

void QueryTab::applyZone()
{
    m_results->setZone(m_zone->zone());
}

void QueryTab::refreshStatus()
{
    const ResultPage *page = m_results->page();
    m_status->showState(page ? page->run()->state() : RunState());
    m_token->refresh();
}

void QueryTab::watchSecrets()
{
    connect(m_token, &TokenChip::renewFailed, this, &QueryTab::showError);
    connect(&m_connections, &ConnectionService::commandsBlocked, this,
        [this](const QString &name, const std::vector<workspace::AllowedCommands::Command> &commands) {
            if (name == m_connection)
                askToAllow(commands);
        });
    connect(&m_connections, &ConnectionService::secretsNotKept, this, [this](const QString &why) {
        if (isVisible())
            m_message->showMessage(common::MessageBar::Kind::Warning, tr("Passwords are kept only until Ondograph ends."), why);
    });
}

void QueryTab::askToAllow(const std::vector<workspace::AllowedCommands::Command> &commands)
{
    m_blockedCommands = commands;
    QStringList texts;
    for (const workspace::AllowedCommands::Command &command : commands)
        texts << QString::fromStdString(command.text);
    m_message->showMessage(common::MessageBar::Kind::Warning, tr("The connection takes its password from a command: %1").arg(texts.join(QLatin1Char('\n'))),
        tr("It has not run. Allow it only if you know what it does."));
    m_message->addButton(allowId(), tr("Allow"));
}

void QueryTab::allowCommands()
{
    m_connections.allow(m_blockedCommands, this, [this](const core::Result<void> &allowed) {
        if (allowed)
            m_message->showMessage(common::MessageBar::Kind::Good, tr("The command may run from now on."), tr("Run the statement again."));
        else
            showError(allowed.error());
    });
}

void QueryTab::showError(const core::Error &error)
{
    m_message->showMessage(common::MessageBar::Kind::Danger, error.message, error.hint);
}

void QueryTab::onFailed(const connector::Statement &statement, const core::Error &error)
{
    QString text = error.message;
    if (!error.serverText.empty()) {
        const QString said = QString::fromUtf8(error.serverText.data(), static_cast<qsizetype>(error.serverText.size()));
        if (!text.contains(said))
            text += QLatin1Char('\n') + (error.serverCode.isEmpty() ? said : error.serverCode + QStringLiteral(": ") + said);
    }
    m_message->showMessage(common::MessageBar::Kind::Danger, tr("Line %1: %2").arg(statement.line).arg(text), error.hint);
    m_message->addButton(QStringLiteral("messages"), tr("Show in full"));
    m_editor->markError(statement, error.position.line, error.position.column);
}

} // namespace desktop

#include "moc_querytab.cpp"
