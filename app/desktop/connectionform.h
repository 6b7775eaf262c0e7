// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "desktop/connectiondraft.h"

#include <QWidget>

#include <vector>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace common {
class MessageBar;
}

namespace desktop {

class ColourChoice;
class DiagnosisView;
class EnvironmentChoice;
class FieldRow;
class FormSection;

// The page that makes and changes a connection: its URL on top and the fields of its connector below, two views of one
// draft, each following the other while somebody types. A secret in the URL moves into its field at once.
class ConnectionForm : public QWidget
{
    Q_OBJECT
public:
    // Both outlive the form.
    ConnectionForm(ConnectionService &connections, Workers &workers, QWidget *parent = nullptr);

    // What the page is about from now on; what it held is forgotten.
    void startNew();
    void startEditing(const workspace::SavedConnection &connection);
    void startCopy(const workspace::SavedConnection &connection); // under a free name
    bool isModified() const;
    // Says that what was typed is not saved, and stays.
    void refuseToLeave();

    const ConnectionDraft &draft() const { return m_draft; }
    QLineEdit *urlLine() const { return m_url; }
    FieldRow *rowOf(const std::string &key) const; // of a field, or "name", "group", "transport", or of the network
    void save();
    void test();
    void cancel();

Q_SIGNALS:
    void saved(const QString &name);
    void closed();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *buildHead();
    QWidget *buildBody();
    QWidget *buildFoot();
    void buildIdentity();
    void buildConnectorButtons();
    void begin(const QString &title, const QString &former);
    void rebuildFields();
    void addField(const connector::Field &field);
    void buildNetwork();
    FormSection *sectionOf(const connector::Field &field) const;
    void showDraft(); // in all fields, and the URL
    void showField(FieldRow &row);
    void onFieldEdited(FieldRow *row, const QString &text);
    void onUrlEdited(const QString &text);
    void followDraft(bool withUrl);
    void showProblems();
    void showUrlNote(const QString &problem);
    void addNetworkRow(const connector::Field &field);
    QString freeName(const QString &name) const;
    QByteArray fingerprint() const;

    ConnectionService &m_connections;
    ConnectionDraft m_draft;
    QString m_former; // the name that the connection has in its file; empty: it is new
    QByteArray m_unchanged;
    bool m_showsProblems = false;
    bool m_isUpdating = false;

    QLabel *m_title;
    QButtonGroup *m_connectors;
    QLineEdit *m_url;
    QLabel *m_urlNote;
    QVBoxLayout *m_column = nullptr;
    FieldRow *m_name = nullptr;
    FieldRow *m_group = nullptr;
    FieldRow *m_transport = nullptr;
    ColourChoice *m_colour = nullptr;
    EnvironmentChoice *m_environment = nullptr;
    QCheckBox *m_readOnly = nullptr;
    FormSection *m_identity = nullptr;
    FormSection *m_server = nullptr;
    FormSection *m_login = nullptr;
    FormSection *m_more = nullptr;
    FormSection *m_network = nullptr;
    std::vector<FieldRow *> m_rows; // of the connector's fields
    std::vector<std::pair<std::string, FieldRow *>> m_networkRows;
    common::MessageBar *m_message;
    DiagnosisView *m_test;
    QScrollArea *m_scroll = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace desktop
