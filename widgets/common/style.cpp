// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/style.h"

#include "common/icons.h"
#include "common/theme.h"

#include <QAbstractScrollArea>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOption>
#include <QWidget>

namespace common {

namespace {

constexpr int kRadius = 4;
constexpr int kScrollBarWidth = 12;

const Theme &themeOf(const QStyleOption *option)
{
    return option->palette.color(QPalette::Base).lightness() < 128 ? Theme::dark() : Theme::light();
}

void drawRounded(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &border)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(border.isValid() ? QPen(border, 1) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), kRadius, kRadius);
    painter->restore();
}

void drawCheckBox(const QStyleOption *option, QPainter *painter)
{
    const Theme &theme = themeOf(option);
    const bool isOn = option->state & (QStyle::State_On | QStyle::State_NoChange);
    const bool isStrong = option->state & (QStyle::State_HasFocus | QStyle::State_MouseOver);
    const bool isEnabled = option->state & QStyle::State_Enabled;
    drawRounded(painter, option->rect, isOn && isEnabled ? theme.accent : theme.background, isEnabled && (isOn || isStrong) ? theme.accent : theme.muted);
    if (!isOn)
        return;
    const QRectF box(option->rect);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(isEnabled ? theme.accentText : theme.muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QPointF corner(box.left() + box.width() * 0.43, box.top() + box.height() * 0.70);
    if (option->state & QStyle::State_NoChange) {
        painter->drawLine(QPointF(box.left() + box.width() * 0.28, box.center().y()), QPointF(box.left() + box.width() * 0.72, box.center().y()));
    } else {
        painter->drawLine(QPointF(box.left() + box.width() * 0.25, box.top() + box.height() * 0.52), corner);
        painter->drawLine(corner, QPointF(box.left() + box.width() * 0.76, box.top() + box.height() * 0.32));
    }
    painter->restore();
}

void drawToolPanel(const QStyleOption *option, QPainter *painter)
{
    const Theme &theme = themeOf(option);
    if (!(option->state & QStyle::State_Enabled))
        return;
    const bool isDown = option->state & (QStyle::State_Sunken | QStyle::State_On);
    if (isDown)
        drawRounded(painter, option->rect, theme.line, {});
    else if (option->state & QStyle::State_MouseOver)
        drawRounded(painter, option->rect, theme.raised, {});
    if (option->state & QStyle::State_KeyboardFocusChange && option->state & QStyle::State_HasFocus)
        drawRounded(painter, option->rect, {}, theme.accent);
}

void drawButtonPanel(const QStyleOptionButton *option, QPainter *painter)
{
    const Theme &theme = themeOf(option);
    const bool isEnabled = option->state & QStyle::State_Enabled;
    const bool isDefault = option->features & QStyleOptionButton::DefaultButton;
    QColor fill = isDefault && isEnabled ? theme.accent : theme.background;
    if (isEnabled && option->state & QStyle::State_Sunken)
        fill = isDefault ? theme.accent.darker(115) : theme.line;
    else if (isEnabled && option->state & QStyle::State_MouseOver)
        fill = isDefault ? theme.accent.lighter(108) : theme.raised;
    const bool hasFocus = option->state & QStyle::State_HasFocus;
    drawRounded(painter, option->rect, fill, hasFocus ? theme.accent : theme.line);
}

void drawTabShape(const QStyleOptionTab *option, QPainter *painter)
{
    const Theme &theme = themeOf(option);
    const bool isSelected = option->state & QStyle::State_Selected;
    const QRect rect = option->rect;
    if (isSelected)
        painter->fillRect(rect, theme.background);
    else if (option->state & QStyle::State_MouseOver)
        painter->fillRect(rect, theme.raised);
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme.line);
    if (isSelected)
        painter->fillRect(QRect(rect.left(), rect.top(), rect.width() - 1, 2), theme.accent);
    else
        painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.line);
}

} // namespace

Style::Style()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("fusion")))
{
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (widget->inherits("QAbstractButton") || widget->inherits("QComboBox") || widget->inherits("QScrollBar")
        || widget->inherits("QTabBar"))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = themeOf(option);
    switch (element) {
    case PE_IndicatorCheckBox:
        drawCheckBox(option, painter);
        return;
    case PE_PanelButtonTool:
        drawToolPanel(option, painter);
        return;
    case PE_PanelButtonCommand:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            drawButtonPanel(button, painter);
            return;
        }
        break;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            drawRounded(painter, option->rect, {}, theme.accent);
        return;
    case PE_Frame:
        painter->save();
        painter->setPen(theme.line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0) {
            const bool hasFocus = option->state & State_HasFocus;
            drawRounded(painter, option->rect, theme.background, hasFocus ? theme.accent : theme.line);
            return;
        }
        break;
    case PE_FrameTabBarBase:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
    case PE_PanelStatusBar:
        return;
    case PE_FrameMenu:
        painter->save();
        painter->setPen(theme.line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_IndicatorBranch:
        if (option->state & State_Children) {
            const QString name = option->state & State_Open ? QStringLiteral("down") : QStringLiteral("right");
            QRect box(0, 0, 12, 12);
            box.moveCenter(option->rect.center());
            icon(name, Tint::Muted).paint(painter, box);
        }
        return;
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, theme.raised);
        painter->save();
        painter->setPen(theme.line);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = themeOf(option);
    switch (element) {
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            drawTabShape(tab, painter);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option); tab && !(tab->state & State_Selected)) {
            QStyleOptionTab muted = *tab;
            muted.palette.setColor(QPalette::WindowText, theme.muted);
            QProxyStyle::drawControl(element, &muted, painter, widget);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
            button && button->features & QStyleOptionButton::DefaultButton && button->state & State_Enabled) {
            QStyleOptionButton onAccent = *button;
            onAccent.palette.setColor(QPalette::ButtonText, theme.accentText);
            QProxyStyle::drawControl(element, &onAccent, painter, widget);
            return;
        }
        break;
    case CE_Splitter: {
        const bool isHovered = option->state & State_MouseOver;
        const QRect r = option->rect;
        painter->fillRect(r, theme.surface);
        const QRect line = option->state & State_Horizontal ? QRect(r.center().x(), r.top(), 1, r.height())
                                                            : QRect(r.left(), r.center().y(), r.width(), 1);
        painter->fillRect(line, isHovered ? theme.accent : theme.line);
        return;
    }
    case CE_MenuBarEmptyArea:
    case CE_MenuEmptyArea:
        painter->fillRect(option->rect, theme.surface);
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, theme.surface);
        return;
    case CE_ToolBar:
        return;
    case CE_DockWidgetTitle:
        return;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(
    ComplexControl control, const QStyleOptionComplex *option, QPainter *painter, const QWidget *widget) const
{
    const Theme &theme = themeOf(option);
    if (control == CC_ScrollBar) {
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        painter->fillRect(option->rect, theme.background);
        if (!bar || bar->maximum <= bar->minimum)
            return;
        QRect slider = subControlRect(control, option, SC_ScrollBarSlider, widget).adjusted(3, 3, -3, -3);
        const bool isActive = option->state & State_MouseOver || option->state & State_Sunken;
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(isActive ? theme.muted : theme.line);
        painter->drawRoundedRect(slider, 3, 3);
        painter->restore();
        return;
    }
    if (control == CC_ComboBox) {
        const auto *box = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        const bool isHovered = option->state & State_MouseOver && option->state & State_Enabled;
        const bool hasFocus = option->state & State_HasFocus;
        if (box && box->frame)
            drawRounded(painter, option->rect, isHovered && !box->editable ? theme.raised : theme.background,
                hasFocus ? theme.accent : theme.line);
        QRect arrow(0, 0, 12, 12);
        arrow.moveCenter(subControlRect(control, option, SC_ComboBoxArrow, widget).center());
        icon(QStringLiteral("down"), Tint::Muted).paint(painter, arrow);
        return;
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return kScrollBarWidth;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_HeaderMargin:
        return 2 * kStep;
    case PM_FocusFrameHMargin: // the space at both sides of a cell; trees keep theirs, where icons and names are one
        return widget && widget->inherits("QTreeWidget") ? 2 * kStep - 1 : QProxyStyle::pixelMetric(metric, option, widget);
    case PM_SplitterWidth:
        return kStep + 1;
    case PM_DockWidgetSeparatorExtent:
        return 1;
    case PM_TabBarTabHSpace:
        return 6 * kStep;
    case PM_TabBarTabVSpace:
        return 3 * kStep;
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseOverlap:
    case PM_TabBarBaseHeight:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_ToolBarFrameWidth:
        return 0;
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_TabBarIconSize:
    case PM_ToolBarIconSize:
        return 16;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 2 * kStep;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
        return kStep;
    case PM_TreeViewIndentation:
        return 4 * kStep;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget, QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_ScrollBar_Transient:
    case SH_ComboBox_Popup:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
        return 0;
    case SH_TabBar_ElideMode:
        return Qt::ElideRight;
    case SH_ItemView_ActivateItemOnSingleClick:
        return 0;
    default:
        return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

QSize Style::sizeFromContents(
    ContentsType type, const QStyleOption *option, const QSize &size, const QWidget *widget) const
{
    QSize result = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_MenuItem)
        result.rheight() = qMax(result.height(), 7 * kStep);
    else if (type == CT_LineEdit || type == CT_ComboBox)
        result.rheight() = qMax(result.height(), 7 * kStep);
    else if (type == CT_PushButton)
        result = QSize(result.width() + kStep, qMax(result.height(), 7 * kStep));
    else if (type == CT_ItemViewItem)
        result.rheight() = qMax(result.height(), 6 * kStep);
    return result;
}

QRect Style::subControlRect(
    ComplexControl control, const QStyleOptionComplex *option, SubControl subControl, const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (subControl == SC_ScrollBarAddLine || subControl == SC_ScrollBarSubLine)
            return {};
        const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (bar && (subControl == SC_ScrollBarSlider || subControl == SC_ScrollBarGroove)) {
            if (subControl == SC_ScrollBarGroove)
                return bar->rect;
            const bool isHorizontal = bar->orientation == Qt::Horizontal;
            const int length = isHorizontal ? bar->rect.width() : bar->rect.height();
            const qint64 range = qint64(bar->maximum) - bar->minimum;
            const int size = range <= 0
                ? length
                : qBound(qMin(32, length), int(qint64(length) * bar->pageStep / (range + bar->pageStep)), length);
            const int position = sliderPositionFromValue(
                bar->minimum, bar->maximum, bar->sliderPosition, length - size, bar->upsideDown);
            return isHorizontal ? QRect(bar->rect.x() + position, bar->rect.y(), size, bar->rect.height())
                                : QRect(bar->rect.x(), bar->rect.y() + position, bar->rect.width(), size);
        }
    }
    return QProxyStyle::subControlRect(control, option, subControl, widget);
}

} // namespace common

#include "moc_style.cpp"
