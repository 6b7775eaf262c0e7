// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/manifest.h"
#include "connector/statement.h"
#include "desktop/connectionservice.h"

#include <QString>

#include <vector>

namespace desktop {

// Whether statements may go to a connection: a read-only one takes nothing that may change something, and on production
// somebody is asked first. Looks at the statements as they are to be sent, variables filled in.
struct WriteCheck {
    enum class Verdict { Allowed, Refused, Asked };
    Verdict verdict = Verdict::Allowed;
    QString message; // plain text: what is refused, or the question with verb, object and connection
    QString hint;
};

WriteCheck checkWrites(const ConnectionEntry &connection, const connector::Manifest &manifest, const std::vector<connector::Statement> &statements);

} // namespace desktop
