// SPDX-License-Identifier: GPL-3.0-or-later
#include "workspace/documentfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStringDecoder>

namespace workspace {

namespace {

struct DocumentFileTr {
    Q_DECLARE_TR_FUNCTIONS(DocumentFile)
};

constexpr qint64 kLargestDocument = qint64(64) << 20;

core::Error fileError(const QString &message, const QString &hint)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    error.hint = hint;
    return error;
}

} // namespace

core::Result<QString> readDocument(const QString &path)
{
    const QString shown = QDir::toNativeSeparators(path);
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fileError(DocumentFileTr::tr("%1 cannot be read: %2").arg(shown, file.errorString()), {});
    if (file.size() > kLargestDocument)
        return fileError(DocumentFileTr::tr("%1 is too large to edit.").arg(shown),
            DocumentFileTr::tr("Files of up to 64 MB are opened."));
    const QByteArray bytes = file.readAll();
    if (file.error() != QFile::NoError)
        return fileError(DocumentFileTr::tr("%1 cannot be read: %2").arg(shown, file.errorString()), {});
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    // What is not UTF-8 would come back changed when it is saved.
    if (decoder.hasError() || bytes.contains('\0'))
        return fileError(DocumentFileTr::tr("%1 is not a text in UTF-8.").arg(shown),
            DocumentFileTr::tr("Convert it to UTF-8 first; nothing was changed."));
    return text;
}

core::Result<bool> writeDocument(const QString &path, const QString &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text.toUtf8());
    if (!file.commit())
        return fileError(DocumentFileTr::tr("%1 cannot be written: %2").arg(QDir::toNativeSeparators(path), file.errorString()),
            DocumentFileTr::tr("The text is kept in this tab. Save it under another name."));
    return true;
}

} // namespace workspace
