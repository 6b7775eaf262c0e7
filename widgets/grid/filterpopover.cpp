// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid/filterpopover.h"

#include "common/theme.h"
#include "grid/celltext.h"
#include "grid/gridview.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <set>

namespace grid {

namespace {

constexpr int kTypingMs = 200;
constexpr std::size_t kMostValues = 1000;
constexpr int kTextRole = Qt::UserRole; // what the value is; none for NULL
constexpr int kNullRole = Qt::UserRole + 1;

QString titleOf(GridView &view, int column)
{
    return FilterPopover::tr("Filter %1").arg(lineText(view.state().info(column).name, 60).text);
}

} // namespace

FilterPopover::FilterPopover(GridView *view, int column)
    : Popover(view, column, titleOf(*view, column))
    , m_mode(new QComboBox(this))
    , m_text(new QLineEdit(this))
    , m_case(new QCheckBox(tr("Match case"), this))
    , m_from(new QLineEdit(this))
    , m_to(new QLineEdit(this))
    , m_values(new QListWidget(this))
    , m_state(new QLabel(this))
    , m_job(this, [this](core::Result<table::ValueCounts> counts) { showValues(std::move(counts)); })
{
    const table::Kind kind = view->state().info(column).kind;
    const auto add = [this](Mode mode, const QString &name) { m_mode->addItem(name, static_cast<int>(mode)); };
    add(Mode::Contains, tr("contains"));
    add(Mode::Without, tr("does not contain"));
    add(Mode::Pattern, tr("matches a regular expression"));
    if (kind != table::Kind::Bool && kind != table::Kind::Binary && kind != table::Kind::Json)
        add(Mode::Range, tr("is between"));
    add(Mode::Values, tr("is one of"));
    add(Mode::Null, tr("is NULL"));
    add(Mode::NotNull, tr("is not NULL"));
    m_mode->setAccessibleName(tr("What the value shall be"));
    m_text->setAccessibleName(tr("Text"));
    m_from->setAccessibleName(tr("From"));
    m_to->setAccessibleName(tr("To"));
    const bool isTime = table::isTime(kind);
    m_from->setPlaceholderText(isTime ? tr("from, as 2024-05-17 08:30") : tr("from"));
    m_to->setPlaceholderText(isTime ? tr("to, as 2024-05-17") : tr("to"));
    m_state->setWordWrap(true);
    m_state->setTextFormat(Qt::PlainText);
    m_values->setMinimumSize(80 * common::kStep, 50 * common::kStep);
    m_values->setAccessibleName(tr("Values"));
    for (QWidget *widget : std::initializer_list<QWidget *>{m_mode, m_text, m_case, m_from, m_to, m_values, m_state})
        rows()->addWidget(widget);
    auto *buttons = new QHBoxLayout;
    auto *none = new QPushButton(tr("No filter"), this);
    auto *done = new QPushButton(tr("Done"), this);
    done->setDefault(true);
    buttons->addWidget(none);
    buttons->addStretch();
    buttons->addWidget(done);
    rows()->addLayout(buttons);
    m_delay.setSingleShot(true);
    m_delay.setInterval(kTypingMs);
    connect(&m_delay, &QTimer::timeout, this, &FilterPopover::apply);
    connect(m_text, &QLineEdit::textEdited, this, [this] {
        narrowValues();
        m_delay.start();
    });
    for (QLineEdit *edit : {m_text, m_from, m_to}) {
        connect(edit, &QLineEdit::textEdited, &m_delay, qOverload<>(&QTimer::start));
        connect(edit, &QLineEdit::returnPressed, this, [this] {
            apply();
            close();
        });
    }
    connect(m_case, &QCheckBox::toggled, this, &FilterPopover::apply);
    connect(m_values, &QListWidget::itemChanged, &m_delay, qOverload<>(&QTimer::start));
    connect(m_mode, &QComboBox::activated, this, &FilterPopover::onModeChosen);
    connect(none, &QPushButton::clicked, this, [this] {
        static_cast<void>(this->view()->arranger().setCondition(source(), std::nullopt));
        close();
    });
    connect(done, &QPushButton::clicked, this, [this] {
        apply();
        close();
    });
    showCondition();
}

FilterPopover::Mode FilterPopover::mode() const
{
    return static_cast<Mode>(m_mode->currentData().toInt());
}

void FilterPopover::setMode(Mode mode)
{
    m_mode->setCurrentIndex(std::max(0, m_mode->findData(static_cast<int>(mode))));
    m_text->setVisible(mode == Mode::Contains || mode == Mode::Without || mode == Mode::Pattern || mode == Mode::Values);
    m_text->setPlaceholderText(mode == Mode::Values ? tr("Find a value") : QString());
    m_case->setVisible(mode == Mode::Contains || mode == Mode::Without || mode == Mode::Pattern);
    m_from->setVisible(mode == Mode::Range);
    m_to->setVisible(mode == Mode::Range);
    m_values->setVisible(mode == Mode::Values);
    m_state->setVisible(mode == Mode::Values || !m_state->text().isEmpty());
    if (mode == Mode::Values)
        countValues();
    QWidget *first = mode == Mode::Range ? m_from : m_text;
    if (first->isVisibleTo(this))
        first->setFocus();
    adjustSize();
}

// What holds already, or what suits the kind of values.
void FilterPopover::showCondition()
{
    using Test = table::Condition::Test;
    const table::Kind kind = view()->state().info(column()).kind;
    const table::Condition *now = view()->arranger().conditionOf(source());
    if (!now) {
        const bool isRange = table::isNumeric(kind) || table::isTime(kind) || kind == table::Kind::Date;
        setMode(isRange ? Mode::Range : kind == table::Kind::Bool ? Mode::Values : Mode::Contains);
        return;
    }
    m_case->setChecked(now->matchesCase);
    m_from->setText(QString::fromStdString(now->from));
    m_to->setText(QString::fromStdString(now->to));
    if (now->test == Test::Contains || now->test == Test::Pattern)
        m_text->setText(QString::fromStdString(now->text));
    setMode(now->test == Test::Contains ? (now->isNegated ? Mode::Without : Mode::Contains)
            : now->test == Test::Pattern ? Mode::Pattern
            : now->test == Test::Range   ? Mode::Range
            : now->test == Test::OneOf   ? Mode::Values
            : now->isNegated             ? Mode::NotNull
                                         : Mode::Null);
}

void FilterPopover::onModeChosen()
{
    m_state->clear();
    setMode(mode());
    if (mode() == Mode::Null || mode() == Mode::NotNull || !m_text->text().isEmpty())
        apply();
}

void FilterPopover::countValues()
{
    if (m_values->count() > 0 || m_job.isRunning())
        return;
    m_state->setText(tr("Counting the values …"));
    m_job.start([table = view()->state().table(), column = source()](const std::stop_token &stop) {
        return table::valueCounts(table, column, kMostValues, {stop});
    });
}

void FilterPopover::showValues(core::Result<table::ValueCounts> counts)
{
    if (!counts)
        return;
    if (counts->isCut) {
        m_state->setText(tr("There are more than %1 different values: filter by a text or a range.").arg(kMostValues));
        return;
    }
    const table::Condition *now = view()->arranger().conditionOf(source());
    const bool isOneOf = now && now->test == table::Condition::Test::OneOf;
    const std::set<std::string> chosen = isOneOf ? std::set<std::string>(now->values.begin(), now->values.end()) : std::set<std::string>();
    const QSignalBlocker blocker(m_values);
    for (const table::ValueCount &value : counts->values) {
        const QString name = !value.text ? QStringLiteral("NULL") : value.text->empty() ? QStringLiteral("\"\"") : lineText(*value.text, 80).text;
        auto *item = new QListWidgetItem(QStringLiteral("%1   (%2)").arg(name, QLocale().toString(static_cast<qlonglong>(value.count))), m_values);
        item->setData(kNullRole, !value.text.has_value());
        item->setData(kTextRole, value.text ? QByteArray::fromStdString(*value.text) : QByteArray());
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        const bool isChosen = isOneOf && (value.text ? chosen.contains(*value.text) : now->includesNull);
        item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    }
    m_state->setText(tr("%1 different values in the rows loaded").arg(counts->values.size()));
    narrowValues();
}

void FilterPopover::narrowValues()
{
    for (int i = 0; i < m_values->count(); ++i)
        m_values->item(i)->setHidden(!m_values->item(i)->text().contains(m_text->text(), Qt::CaseInsensitive));
}

std::optional<table::Condition> FilterPopover::condition() const
{
    using Test = table::Condition::Test;
    table::Condition asked;
    asked.matchesCase = m_case->isChecked();
    asked.text = m_text->text().toStdString();
    switch (mode()) {
    case Mode::Contains:
    case Mode::Without:
    case Mode::Pattern:
        asked.test = mode() == Mode::Pattern ? Test::Pattern : Test::Contains;
        asked.isNegated = mode() == Mode::Without;
        return asked.text.empty() ? std::nullopt : std::optional(asked);
    case Mode::Range:
        asked.test = Test::Range;
        asked.text.clear();
        asked.from = m_from->text().trimmed().toStdString();
        asked.to = m_to->text().trimmed().toStdString();
        return asked.from.empty() && asked.to.empty() ? std::nullopt : std::optional(asked);
    case Mode::Values:
        asked.test = Test::OneOf;
        asked.text.clear();
        for (int i = 0; i < m_values->count(); ++i) {
            const QListWidgetItem *item = m_values->item(i);
            if (item->checkState() != Qt::Checked)
                continue;
            if (item->data(kNullRole).toBool())
                asked.includesNull = true;
            else
                asked.values.push_back(item->data(kTextRole).toByteArray().toStdString());
        }
        return asked.values.empty() && !asked.includesNull ? std::nullopt : std::optional(asked);
    case Mode::Null:
    case Mode::NotNull:
        asked.test = Test::IsNull;
        asked.text.clear();
        asked.isNegated = mode() == Mode::NotNull;
        return asked;
    }
    return std::nullopt;
}

void FilterPopover::apply()
{
    m_delay.stop();
    const auto asked = condition();
    const table::Condition *now = view()->arranger().conditionOf(source());
    if (mode() == Mode::Values && m_values->count() == 0)
        return;
    if (asked) {
        table::Condition same = *asked;
        same.column = source();
        if (now && *now == same)
            return;
    } else if (!now) {
        return;
    }
    const auto set = view()->arranger().setCondition(source(), asked);
    if (mode() != Mode::Values)
        m_state->setText(set ? QString() : set.error().message);
    m_state->setVisible(!m_state->text().isEmpty());
    adjustSize();
}

} // namespace grid

#include "moc_filterpopover.cpp"
