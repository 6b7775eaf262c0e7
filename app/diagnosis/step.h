// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "http/exchange.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace diagnosis {

// What stands between a person and the first row, in the order in which it is tried.
enum class StepId : std::uint8_t { Profile, Name, Address, Tcp, Tls, Http, Login, Server, Clock, Statement, Catalogue };
inline constexpr StepId kLastStep = StepId::Catalogue;

enum class Status : std::uint8_t { Running, Ok, Failed, Skipped };

struct Step {
    StepId id = StepId::Profile;
    Status status = Status::Running;
    std::optional<std::int64_t> microseconds; // none: nothing was done
    QString detail; // what was found, or why it was skipped; translated, never a secret
    std::optional<core::Error> error; // of a step that failed: what was seen, and as its hint what to try
    std::shared_ptr<const http::TlsFacts> tls; // of the TLS step, also of one that failed
};

// All steps, each once, in order; after the one that fails others may have been taken or skipped.
struct Report {
    QString connection; // its name, or its URL without secrets
    std::vector<Step> steps;

    // The first that failed; nullptr: none.
    const Step *failed() const;
    // That of the step that failed, else 0.
    int exitCode() const;
};

// "profile", "name", "tcp" …; "running", "ok", "failed", "skipped": the stable words of the command line.
const char *word(StepId id);
const char *word(Status status);
// The step for people: "Certificate and TLS"; translated.
QString title(StepId id);

// Milliseconds with one digit behind the point; empty where there is no time.
QString millisecondsText(const Step &step);
// The certificates that a server showed, its own first: whose, by whom, from when to when, SHA-256. Several lines.
QString certificatesText(const http::TlsFacts &facts);
// The report as plain text, one step a line with what belongs to it below: for mails and tickets.
QString toText(const Report &report);

} // namespace diagnosis
