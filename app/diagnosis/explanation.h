// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "core/error.h"
#include "diagnosis/networkprobe.h"

#include <QString>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace diagnosis {

// What the dialect's manifest knows of this error; nullptr: nothing.
const connector::DiagnosisHints::Meaning *meaningOf(const connector::DiagnosisHints &hints, const core::Error &error);
// The error with what it means and what to try in place of its hint, where the manifest knows that.
core::Error explained(core::Error error, const connector::DiagnosisHints &hints);

// What to try where nothing listens: which service does at the dialect's port, and how it is started or reached.
QString refusedAdvice(const connector::Manifest &manifest, const Place &place);

// Whether a body is a web page, and what its title says.
bool isWebPage(std::string_view contentType, std::string_view body);
QString pageTitle(std::string_view body);

// The same with the other transport.
core::Error plainPortError(core::Error error, const Place &place, const QString &server);
core::Error tlsPortError(core::Error error, const Place &place);

// How far the server's clock, as its header Date tells it, is ahead of this computer's; none without a date that can be
// read.
std::optional<std::chrono::seconds> clockDifference(std::string_view date, std::chrono::system_clock::time_point now);
QString clockText(std::chrono::seconds ahead);

// UTF-8 as it is shown.
QString shown(std::string_view text);

core::Error diagnosisError(core::ErrorKind kind, const QString &message, const QString &hint = {});

} // namespace diagnosis
