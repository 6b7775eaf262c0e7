// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/readsonly.h"

#include "connector/affectedobject.h"
#include "connector/request.h"
#include "connector/sqleffect.h"

namespace connector {

bool readsOnly(const Statement &statement, const Manifest &manifest)
{
    return !affectedObject(statement, manifest);
}

bool readsOnly(const Statement &statement, const Language &language)
{
    if (!statement.isRequest && !startsRequest(statement.text))
        return !effectOfSql(statement.text, language);
    return readsOnly(statement, Manifest());
}

} // namespace connector
