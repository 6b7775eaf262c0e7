// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/connectionfields.h"

#include "common/environment.h"
#include "common/icons.h"
#include "common/theme.h"
#include "workspace/savedconnection.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QTimeZone>
#include <QToolButton>
#include <QVBoxLayout>

namespace desktop {

namespace {

constexpr int kLabelWidth = 34 * common::kStep;
constexpr int kNumberWidth = 32 * common::kStep;

QStringList zoneNames()
{
    QStringList names;
    for (const QByteArray &id : QTimeZone::availableTimeZoneIds())
        names << QString::fromLatin1(id);
    return names;
}

// A round mark; without a colour an empty ring.
class Swatch : public QAbstractButton
{
public:
    Swatch(int colour, const QString &name, QWidget *parent)
        : QAbstractButton(parent)
        , m_colour(colour)
    {
        setCheckable(true);
        setToolTip(name);
        setAccessibleName(name);
        setFocusPolicy(Qt::StrongFocus);
        setFixedSize(6 * common::kStep, 6 * common::kStep);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const common::Theme &theme = common::Theme::of(this);
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF disc = QRectF(rect()).adjusted(5.5, 5.5, -5.5, -5.5);
        painter.setPen(m_colour < 0 ? QPen(theme.muted, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(m_colour < 0 ? QBrush() : QBrush(theme.series[static_cast<std::size_t>(m_colour)]));
        painter.drawEllipse(disc);
        if (m_colour < 0)
            painter.drawLine(disc.bottomLeft() + QPointF(2, -2), disc.topRight() + QPointF(-2, 2));
        painter.setBrush(Qt::NoBrush);
        if (isChecked()) {
            painter.setPen(QPen(theme.text, 1.5));
            painter.drawEllipse(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
        } else if (hasFocus()) {
            painter.setPen(QPen(theme.accent, 1));
            painter.drawEllipse(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5));
        }
    }

private:
    int m_colour;
};

} // namespace

FieldRow::FieldRow(const connector::Field &field, QWidget *parent)
    : QWidget(parent)
    , m_field(field)
{
    build(field.label, field.hint, makeEditor());
}

FieldRow::FieldRow(const QString &label, const QString &hint, QWidget *editor, QWidget *parent)
    : QWidget(parent)
{
    m_line = qobject_cast<QLineEdit *>(editor);
    m_choice = qobject_cast<QComboBox *>(editor);
    if (m_line)
        connect(m_line, &QLineEdit::textEdited, this, &FieldRow::edited);
    if (m_choice && m_choice->isEditable())
        connect(m_choice, &QComboBox::editTextChanged, this, &FieldRow::edited);
    else if (m_choice)
        connect(m_choice, &QComboBox::activated, this, [this] { Q_EMIT edited(text()); });
    build(label, hint, editor);
}

void FieldRow::build(const QString &label, const QString &hint, QWidget *editor)
{
    m_hint = hint;
    m_editor = editor;
    auto *title = new QLabel(label, this);
    title->setTextFormat(Qt::PlainText);
    title->setWordWrap(true);
    title->setFixedWidth(kLabelWidth);
    title->setBuddy(m_line ? static_cast<QWidget *>(m_line) : editor);
    for (QWidget *widget : {editor, static_cast<QWidget *>(m_line)}) {
        if (widget)
            widget->setAccessibleName(label);
    }
    m_note = new QLabel(this);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, common::kStep);
    grid->setHorizontalSpacing(3 * common::kStep);
    grid->setVerticalSpacing(common::kStep / 2);
    grid->addWidget(title, 0, 0, Qt::AlignLeft | Qt::AlignVCenter);
    grid->addWidget(editor, 0, 1, m_field.type == connector::Field::Type::Integer ? Qt::AlignLeft : Qt::Alignment());
    grid->addWidget(m_note, 1, 1);
    grid->setColumnStretch(1, 1);
    showNote();
}

QWidget *FieldRow::makeEditor()
{
    using Type = connector::Field::Type;
    if (m_field.type == Type::Choice) {
        m_choice = new QComboBox(this);
        for (const auto &[value, label] : m_field.choices)
            m_choice->addItem(label, QString::fromStdString(value));
        connect(m_choice, &QComboBox::activated, this, [this] { Q_EMIT edited(text()); });
        return m_choice;
    }
    if (m_field.type == Type::Flag) {
        m_flag = new QCheckBox(this);
        connect(m_flag, &QCheckBox::clicked, this, [this] { Q_EMIT edited(text()); });
        return m_flag;
    }
    m_line = new QLineEdit(this);
    m_line->setPlaceholderText(QString::fromStdString(m_field.defaultValue));
    connect(m_line, &QLineEdit::textEdited, this, [this](const QString &text) {
        followReference();
        Q_EMIT edited(text);
    });
    if (m_field.type == Type::Secret)
        m_line->setEchoMode(QLineEdit::Password);
    if (m_field.type == Type::Integer)
        m_line->setFixedWidth(kNumberWidth);
    if (m_field.type == Type::TimeZone) {
        auto *completer = new QCompleter(zoneNames(), m_line);
        completer->setCaseSensitivity(Qt::CaseInsensitive);
        completer->setFilterMode(Qt::MatchContains);
        m_line->setCompleter(completer);
        connect(completer, qOverload<const QString &>(&QCompleter::activated), this, &FieldRow::edited);
    }
    return m_field.type == Type::File ? makeFileLine() : m_line;
}

QWidget *FieldRow::makeFileLine()
{
    auto *whole = new QWidget(this);
    auto *browse = new QToolButton(whole);
    browse->setIcon(common::icon(QStringLiteral("folder")));
    browse->setToolTip(tr("Choose a file"));
    browse->setAccessibleName(browse->toolTip());
    auto *row = new QHBoxLayout(whole);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(common::kStep);
    row->addWidget(m_line, 1);
    row->addWidget(browse);
    connect(browse, &QToolButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(window(), tr("Choose a file"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            setText(path);
            Q_EMIT edited(path);
        });
        dialog->open();
    });
    return whole;
}

QString FieldRow::text() const
{
    if (m_choice)
        return m_choice->isEditable() ? m_choice->currentText() : m_choice->currentData().toString();
    if (m_flag)
        return m_flag->isChecked() ? QStringLiteral("true") : QStringLiteral("false");
    return m_line ? m_line->text() : QString();
}

void FieldRow::setText(const QString &text)
{
    const QSignalBlocker quiet(this);
    if (m_choice && m_choice->isEditable())
        m_choice->setEditText(text);
    else if (m_choice)
        m_choice->setCurrentIndex(qMax(0, m_choice->findData(text)));
    else if (m_flag)
        m_flag->setChecked(text == QLatin1String("true"));
    else if (m_line && m_line->text() != text)
        m_line->setText(text);
    followReference();
}

void FieldRow::setPlaceholder(const QString &text)
{
    if (m_line)
        m_line->setPlaceholderText(text);
}

// A reference is no secret: it is to be read.
void FieldRow::followReference()
{
    if (m_field.type == connector::Field::Type::Secret && m_line)
        m_line->setEchoMode(m_line->text().startsWith(QLatin1String("${")) ? QLineEdit::Normal : QLineEdit::Password);
}

void FieldRow::setProblem(const QString &problem)
{
    m_problem = problem;
    showNote();
}

void FieldRow::showNote()
{
    const QString note = m_problem.isEmpty() ? m_hint : m_problem;
    QPalette colors = palette();
    const common::Theme &theme = common::Theme::of(this);
    colors.setColor(QPalette::WindowText, m_problem.isEmpty() ? theme.muted : theme.danger);
    m_note->setPalette(colors);
    m_note->setText(note);
    m_note->setVisible(!note.isEmpty());
}

void FieldRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_note)
        showNote();
}

void FieldRow::focusEditor()
{
    (m_line ? static_cast<QWidget *>(m_line) : m_editor)->setFocus();
}

FormSection::FormSection(const QString &title, bool isFoldable, QWidget *parent)
    : QWidget(parent)
    , m_body(new QWidget(this))
    , m_rows(new QVBoxLayout(m_body))
{
    auto *button = new QToolButton(this);
    button->setText(title);
    button->setAutoRaise(true);
    QFont bold = font();
    bold.setBold(true);
    button->setFont(bold);
    button->setEnabled(true);
    auto *line = new QFrame(this);
    line->setFrameShape(QFrame::HLine);
    line->setForegroundRole(QPalette::Mid);
    auto *label = new QLabel(title, this);
    label->setFont(bold);
    button->setVisible(isFoldable);
    label->setVisible(!isFoldable);
    if (isFoldable) {
        button->setCheckable(true);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setIcon(common::icon(QStringLiteral("right"), common::Tint::Muted));
        connect(button, &QToolButton::toggled, this, [this, button](bool isOpen) {
            button->setIcon(common::icon(isOpen ? QStringLiteral("down") : QStringLiteral("right"), common::Tint::Muted));
            m_body->setVisible(isOpen);
        });
        m_title = button;
        m_body->hide();
    }
    m_rows->setContentsMargins(0, common::kStep, 0, 0);
    m_rows->setSpacing(common::kStep);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 2 * common::kStep, 0, common::kStep);
    column->setSpacing(common::kStep);
    column->addWidget(isFoldable ? static_cast<QWidget *>(button) : label, 0, Qt::AlignLeft);
    column->addWidget(line);
    column->addWidget(m_body);
}

void FormSection::addRow(QWidget *row)
{
    m_rows->addWidget(row);
}

void FormSection::clearRows()
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
}

void FormSection::setOpen(bool isOpen)
{
    if (m_title)
        m_title->setChecked(isOpen);
}

bool FormSection::isOpen() const
{
    return !m_title || m_title->isChecked();
}

void FormSection::hideIfEmpty()
{
    bool hasRows = false;
    for (int i = 0; i < m_rows->count(); ++i)
        hasRows = hasRows || !m_rows->itemAt(i)->widget()->isHidden();
    setVisible(hasRows);
}

ColourChoice::ColourChoice(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(common::kStep / 2);
    const QString names[]{tr("blue"), tr("orange"), tr("green"), tr("pink"), tr("olive"), tr("sky"), tr("violet"), tr("grey")};
    for (int colour = -1; colour < static_cast<int>(workspace::connectionColours().size()); ++colour) {
        auto *swatch = new Swatch(colour, colour < 0 ? tr("no colour") : names[colour], this);
        m_group->addButton(swatch, colour + 1);
        row->addWidget(swatch);
    }
    row->addStretch();
    setColour({});
    connect(m_group, &QButtonGroup::idClicked, this, &ColourChoice::edited);
}

void ColourChoice::setColour(const std::string &name)
{
    const auto &names = workspace::connectionColours();
    const auto found = std::find(names.begin(), names.end(), name);
    m_group->button(found == names.end() ? 0 : static_cast<int>(found - names.begin()) + 1)->setChecked(true);
}

std::string ColourChoice::colour() const
{
    const int id = m_group->checkedId();
    return id <= 0 ? std::string() : std::string(workspace::connectionColours()[static_cast<std::size_t>(id - 1)]);
}

namespace {
const QStringList kEnvironments{QString(), QStringLiteral("development"), QStringLiteral("test"), QStringLiteral("production")};
}

EnvironmentChoice::EnvironmentChoice(QWidget *parent)
    : QWidget(parent)
    , m_group(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(common::kStep);
    for (int i = 0; i < kEnvironments.size(); ++i) {
        auto *button = new QToolButton(this);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setText(i == 0 ? tr("not said") : common::environmentWord(kEnvironments[i]));
        if (i > 0) {
            button->setIcon(common::icon(QStringLiteral("stop"), common::environmentTint(kEnvironments[i])));
            button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        }
        m_group->addButton(button, i);
        row->addWidget(button);
    }
    row->addStretch();
    m_group->button(0)->setChecked(true);
    connect(m_group, &QButtonGroup::idClicked, this, &EnvironmentChoice::edited);
}

void EnvironmentChoice::setEnvironment(const std::string &name)
{
    m_group->button(static_cast<int>(qMax<qsizetype>(0, kEnvironments.indexOf(QString::fromStdString(name)))))->setChecked(true);
}

std::string EnvironmentChoice::environment() const
{
    return kEnvironments.value(m_group->checkedId()).toStdString();
}

} // namespace desktop

#include "moc_connectionfields.cpp"
