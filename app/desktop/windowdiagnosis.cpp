// SPDX-License-Identifier: GPL-3.0-or-later
// The test of a connection, beside the tabs.
#include "desktop/mainwindow.h"

#include "common/messagebar.h"
#include "common/theme.h"
#include "desktop/diagnosisview.h"

#include <QSplitter>

namespace desktop {

namespace {
constexpr int kTestWidth = 100 * common::kStep;
}

void MainWindow::buildDiagnosis()
{
    m_diagnosis = new DiagnosisView(m_connections.manifests(), m_workers, this);
    m_diagnosis->setClosable(true);
    m_diagnosis->setMinimumWidth(70 * common::kStep);
    m_diagnosis->hide();
    m_splitter->addWidget(m_diagnosis);
    m_splitter->setCollapsible(m_splitter->indexOf(m_diagnosis), false);
    connect(m_catalog, &catalog::CatalogView::testWanted, this, &MainWindow::testConnection);
    connect(m_diagnosis, &DiagnosisView::againWanted, this, [this] { testConnection(m_diagnosis->name()); });
    connect(m_diagnosis, &DiagnosisView::fingerprintAccepted, this, &MainWindow::acceptCertificate);
}

void MainWindow::testConnection(const QString &name)
{
    if (m_diagnosis->isHidden()) {
        QList<int> sizes = m_splitter->sizes();
        sizes[1] = qMax(0, sizes[1] - kTestWidth);
        sizes[2] = kTestWidth;
        m_diagnosis->show();
        m_splitter->setSizes(sizes);
    }
    m_connections.open(name, this, [this, name](const ConnectionResult &result) {
        if (result)
            m_diagnosis->start(name, result.value());
        else
            m_diagnosis->showFailure(name, result.error());
    });
}

void MainWindow::acceptCertificate(const QString &fingerprint)
{
    const QString name = m_diagnosis->name();
    m_connections.acceptCertificate(name, fingerprint, this, [this, name](const core::Result<void> &accepted) {
        if (accepted)
            testConnection(name);
        else
            m_message->showMessage(common::MessageBar::Kind::Danger, accepted.error().message, accepted.error().hint);
    });
}

} // namespace desktop
