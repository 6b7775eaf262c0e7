// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/steprow.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QDateTime>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace desktop {

namespace {

constexpr int kPicture = 16;
constexpr int kBarWidth = 12 * common::kStep;
constexpr int kTimeDigits = 9; // "12,345.6 ms"

struct RowLook {
    const char *icon;
    common::Tint tint;
};

RowLook stepLook(const std::optional<diagnosis::Step> &step)
{
    if (!step)
        return {"unknown", common::Tint::Muted};
    switch (step->status) {
    case diagnosis::Status::Running:
        return {"busy", common::Tint::Accent};
    case diagnosis::Status::Ok:
        return {"complete", common::Tint::Good};
    case diagnosis::Status::Failed:
        return {"error", common::Tint::Danger};
    case diagnosis::Status::Skipped:
        break;
    }
    return {"minus", common::Tint::Muted};
}

QLabel *textLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QLabel *headingLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString day(std::int64_t milliseconds)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(milliseconds, Qt::UTC).date(), QLocale::ShortFormat);
}

// A wash in the colour of what went wrong, as in the bars that tell of an error.
class FailureFrame : public QFrame
{
public:
    using QFrame::QFrame;

protected:
    void paintEvent(QPaintEvent *) override
    {
        const common::Theme &theme = common::Theme::of(this);
        QPainter painter(this);
        QColor wash = theme.danger;
        wash.setAlphaF(theme.isDark ? 0.16f : 0.08f);
        painter.fillRect(rect(), wash);
        painter.fillRect(QRect(0, 0, 3, height()), theme.danger);
    }
};

} // namespace

// The time of a step among the others'.
class StepRow::Bar : public QWidget
{
public:
    using QWidget::QWidget;

    void setShare(std::optional<double> share)
    {
        m_share = share;
        update();
    }
    QSize sizeHint() const override { return {kBarWidth, common::kStep}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (!m_share)
            return;
        const common::Theme &theme = common::Theme::of(this);
        QPainter painter(this);
        const int height = common::kStep;
        const QRect track(0, (this->height() - height) / 2, width(), height);
        painter.fillRect(track, theme.raised);
        painter.fillRect(QRectF(track.left(), track.top(), qMax(1.0, *m_share * track.width()), height), theme.accent);
    }

private:
    std::optional<double> m_share;
};

StepRow::StepRow(diagnosis::StepId id, QWidget *parent)
    : QWidget(parent)
    , m_id(id)
    , m_picture(new QLabel(this))
    , m_title(new QLabel(diagnosis::title(id), this))
    , m_time(new QLabel(this))
    , m_bar(new Bar(this))
    , m_detail(textLabel({}, this))
    , m_column(new QVBoxLayout)
{
    m_time->setFont(common::dataFont());
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_time->setMinimumWidth(QFontMetrics(common::dataFont()).horizontalAdvance(QLatin1Char('0')) * kTimeDigits);
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    m_bar->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    auto *line = new QHBoxLayout;
    line->setSpacing(2 * common::kStep);
    line->addWidget(m_title, 1);
    line->addWidget(m_bar);
    line->addWidget(m_time);
    m_column->setSpacing(common::kStep);
    m_column->addLayout(line);
    m_column->addWidget(m_detail);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(3 * common::kStep, common::kStep, 3 * common::kStep, common::kStep);
    row->setSpacing(2 * common::kStep);
    row->addWidget(m_picture, 0, Qt::AlignTop);
    row->addLayout(m_column, 1);
    clear();
}

void StepRow::clear()
{
    m_step.reset();
    delete std::exchange(m_unfolded, nullptr);
    m_accept = nullptr;
    m_detail->clear();
    m_detail->hide();
    m_time->clear();
    m_bar->setShare(std::nullopt);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    applyTheme();
}

void StepRow::show(const diagnosis::Step &step)
{
    clear();
    m_step = step;
    m_title->setForegroundRole(step.status == diagnosis::Status::Skipped ? QPalette::PlaceholderText : QPalette::WindowText);
    const bool isUnfolded = step.status == diagnosis::Status::Failed && step.error;
    m_detail->setText(isUnfolded ? QString() : step.detail);
    m_detail->setVisible(!m_detail->text().isEmpty());
    if (step.microseconds)
        m_time->setText(tr("%1 ms").arg(QLocale().toString(static_cast<double>(*step.microseconds) / 1000, 'f', 1)));
    if (isUnfolded)
        unfold();
    setAccessibleName(QStringLiteral("%1: %2. %3").arg(diagnosis::title(m_id), QLatin1String(diagnosis::word(step.status)), step.detail));
    applyTheme();
}

void StepRow::setLongest(std::int64_t microseconds)
{
    if (m_step && m_step->microseconds && microseconds > 0)
        m_bar->setShare(static_cast<double>(*m_step->microseconds) / static_cast<double>(microseconds));
}

void StepRow::unfold()
{
    auto *frame = new FailureFrame(this);
    auto *column = new QVBoxLayout(frame);
    column->setContentsMargins(3 * common::kStep, 2 * common::kStep, 2 * common::kStep, 2 * common::kStep);
    column->setSpacing(common::kStep);
    core::Error seen = *m_step->error;
    const QString advice = std::exchange(seen.hint, QString());
    column->addWidget(headingLabel(tr("What was seen"), frame));
    column->addWidget(textLabel(core::toText(seen), frame));
    if (m_step->tls)
        addCertificates(*m_step->tls, column);
    if (!advice.isEmpty()) {
        column->addSpacing(common::kStep);
        column->addWidget(headingLabel(tr("What to try"), frame));
        column->addWidget(textLabel(advice, frame));
    }
    m_unfolded = frame;
    m_column->addWidget(frame);
    frame->show();
}

void StepRow::addCertificates(const http::TlsFacts &facts, QVBoxLayout *column)
{
    if (facts.chain.empty())
        return;
    column->addSpacing(common::kStep);
    column->addWidget(headingLabel(tr("Certificates, the server's own first"), column->parentWidget()));
    for (const http::Certificate &certificate : facts.chain) {
        column->addWidget(textLabel(tr("%1\nissued by %2\nvalid from %3 to %4")
                                        .arg(QString::fromStdString(certificate.subject), QString::fromStdString(certificate.issuer),
                                            day(certificate.validFromMs), day(certificate.validUntilMs)),
            column->parentWidget()));
    }
    const http::Certificate &own = facts.chain.front();
    column->addWidget(headingLabel(tr("Fingerprint (SHA-256) of the server's certificate"), column->parentWidget()));
    // Where a line may end, since a label breaks only at blanks.
    QString fingerprint = http::shownFingerprint(own.sha256);
    auto *print = textLabel(fingerprint.replace(QLatin1Char(':'), QStringLiteral(":\u200b")), column->parentWidget());
    print->setFont(common::dataFont());
    column->addWidget(print);
    if (!facts.problem)
        return;
    m_accept = new QPushButton(tr("Accept this certificate for this connection"), column->parentWidget());
    m_accept->setToolTip(tr("Compare the fingerprint with the one that the server's administrator names"));
    connect(m_accept, &QPushButton::clicked, this,
        [this, sha256 = QString::fromStdString(own.sha256)] { Q_EMIT fingerprintAccepted(sha256); });
    column->addWidget(m_accept, 0, Qt::AlignLeft);
}

void StepRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        applyTheme();
}

void StepRow::applyTheme()
{
    const RowLook look = stepLook(m_step);
    m_picture->setPixmap(common::icon(QLatin1String(look.icon), look.tint).pixmap(kPicture, kPicture));
}

} // namespace desktop

#include "moc_steprow.cpp"
