// SPDX-License-Identifier: GPL-3.0-or-later
#include "base64.h"

#include <QByteArray>

namespace timescale {

std::optional<std::string> fromBase64(std::string_view text)
{
    QByteArray packed(text.data(), static_cast<qsizetype>(text.size()));
    packed.replace("\r", "").replace("\n", "").replace(" ", "");
    const auto result = QByteArray::fromBase64Encoding(packed, QByteArray::AbortOnBase64DecodingErrors);
    return result ? std::optional((*result).toStdString()) : std::nullopt;
}

} // namespace timescale
