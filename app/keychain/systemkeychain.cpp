// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/keychainlibrary.h"

#include <QCoreApplication>
#include <QThread>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include <qt6keychain/keychain.h>

namespace workspace {

namespace {

struct SystemKeychainTr {
    Q_DECLARE_TR_FUNCTIONS(Keychain)
};

// What a job came to; shared, as the job may end after nobody waits for it any more.
struct Answer {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool isThere = false;
    QKeychain::Error error = QKeychain::NoError;
    QString message;
    core::Secret secret;
};

void wipeText(QString &text)
{
    core::wipe(reinterpret_cast<char *>(text.data()), static_cast<std::size_t>(text.size()) * sizeof(QChar));
}

// QtKeychain works through its jobs one after another, on the thread of the first one: all go to one thread with an event
// loop, and a job that hangs makes it useless for the rest of the run.
class SystemKeychain final : public SecretStore
{
public:
    SystemKeychain(const char *service, std::chrono::milliseconds limit, std::stop_token stop)
        : m_service(QString::fromUtf8(service))
        , m_limit(limit)
        , m_stop(std::move(stop))
    {
        m_jobs.moveToThread(&m_thread);
        m_thread.start();
    }
    ~SystemKeychain() override
    {
        m_thread.quit();
        m_thread.wait();
    }

    core::Result<core::Secret> read(const std::string &connection, const std::string &field) override
    {
        const auto answer = std::make_shared<Answer>();
        start([this, answer, key = keyOf(connection, field)] {
            auto *job = new QKeychain::ReadPasswordJob(m_service);
            begin(job, key, answer, [job, answer] {
                QString text = job->textData();
                std::string bytes = text.toStdString();
                answer->secret = core::Secret(bytes);
                core::wipe(bytes);
                wipeText(text);
            });
        });
        if (auto waited = waitFor(*answer); !waited)
            return std::move(waited).error();
        return answer->secret;
    }
    core::Result<void> write(const std::string &connection, const std::string &field, const core::Secret &secret) override
    {
        const auto answer = std::make_shared<Answer>();
        start([this, answer, secret, key = keyOf(connection, field)] {
            auto *job = new QKeychain::WritePasswordJob(m_service);
            const std::string_view text = secret.reveal();
            job->setTextData(QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())));
            begin(job, key, answer, {});
        });
        return waitFor(*answer);
    }
    core::Result<void> remove(const std::string &connection, const std::string &field) override
    {
        const auto answer = std::make_shared<Answer>();
        start([this, answer, key = keyOf(connection, field)] { begin(new QKeychain::DeletePasswordJob(m_service), key, answer, {}); });
        return waitFor(*answer);
    }

private:
    static QString keyOf(const std::string &connection, const std::string &field)
    {
        return QString::fromStdString(connection) + QLatin1Char('/') + QString::fromStdString(field);
    }

    template <typename Work>
    void start(Work work)
    {
        QMetaObject::invokeMethod(&m_jobs, std::move(work), Qt::QueuedConnection);
    }

    void begin(QKeychain::Job *job, const QString &key, const std::shared_ptr<Answer> &answer, std::function<void()> take)
    {
        job->setKey(key);
        QObject::connect(job, &QKeychain::Job::finished, job, [job, answer, take = std::move(take)] {
            const std::lock_guard lock(answer->mutex);
            answer->error = job->error();
            answer->message = job->errorString();
            if (answer->error == QKeychain::NoError && take)
                take();
            answer->isThere = true;
            answer->changed.notify_all();
        });
        job->start();
    }

    core::Result<void> waitFor(Answer &answer)
    {
        if (m_isSilent)
            return problem(SystemKeychainTr::tr("The keychain did not answer in time."));
        std::unique_lock lock(answer.mutex);
        if (!answer.changed.wait_for(lock, m_stop, m_limit, [&answer] { return answer.isThere; })) {
            if (m_stop.stop_requested()) {
                core::Error error;
                error.kind = core::ErrorKind::Cancelled;
                error.message = SystemKeychainTr::tr("Cancelled while the keychain was asked.");
                return error;
            }
            m_isSilent = true;
            return problem(SystemKeychainTr::tr("The keychain did not answer in time."));
        }
        switch (answer.error) {
        case QKeychain::NoError:
        case QKeychain::EntryNotFound:
            return {};
        case QKeychain::AccessDenied:
        case QKeychain::AccessDeniedByUser:
            return problem(SystemKeychainTr::tr("The keychain refused: it was not unlocked."));
        case QKeychain::NoBackendAvailable:
            return problem(SystemKeychainTr::tr("There is no keychain that answers."));
        default:
            return problem(SystemKeychainTr::tr("There is no keychain that answers: %1").arg(answer.message));
        }
    }

    static core::Error problem(const QString &message)
    {
        core::Error error;
        error.kind = core::ErrorKind::Usage;
        error.message = message;
        return error;
    }

    const QString m_service;
    const std::chrono::milliseconds m_limit;
    const std::stop_token m_stop;
    std::atomic<bool> m_isSilent = false;
    QObject m_jobs; // lives on the thread
    QThread m_thread;
};

} // namespace

} // namespace workspace

extern "C" Q_DECL_EXPORT workspace::SecretStore *ondographKeychain(const char *service, std::chrono::milliseconds limit, std::stop_token stop)
{
    return new workspace::SystemKeychain(service, limit, std::move(stop));
}
