// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/store.h"

// Users, what they may do, and the settings of the server.
namespace lindorm::server {

bool Store::isAuthOn() const
{
    return parameter("USER_AUTH") == "TRUE";
}

std::string Store::parameter(const std::string &name) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_parameters.find(name);
    if (found == m_parameters.end())
        refuse(code::kSyntax, "42000", "Unknown parameter: " + name);
    return found->second;
}

void Store::setParameter(const std::string &name, const std::string &value)
{
    if (name != "USER_AUTH" || (value != "TRUE" && value != "FALSE"))
        refuse(code::kSyntax, "42000", "Unsupported parameter or value: " + name + " = " + value);
    const std::lock_guard lock(m_mutex);
    m_parameters[name] = value;
}

bool Store::isPassword(const std::string &user, std::string_view password) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_users.find(user);
    return found != m_users.end() && found->second.password == password;
}

std::map<std::string, UserEntry> Store::users() const
{
    const std::lock_guard lock(m_mutex);
    return m_users;
}

void Store::changeUsers(const Statement &statement)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_users.find(statement.name);
    const bool isThere = found != m_users.end();
    if (statement.kind == Statement::Kind::CreateUser) {
        if (isThere)
            refuse(code::kSyntax, "42000", "User '" + statement.name + "' already exists");
        m_users[statement.name] = {statement.value, {}};
        return;
    }
    if (!isThere)
        refuse(code::kSyntax, "42000", "User '" + statement.name + "' doesn't exist");
    if (statement.kind == Statement::Kind::DropUser && statement.name == "root")
        refuse(code::kDenied, "28000", "User 'root' cannot be dropped");
    if (statement.kind == Statement::Kind::DropUser)
        m_users.erase(found);
    else if (statement.kind == Statement::Kind::AlterUser)
        found->second.password = statement.value;
    else if (statement.kind == Statement::Kind::Grant)
        found->second.grants[statement.database].insert(statement.value);
    else
        found->second.grants[statement.database].erase(statement.value);
}

bool Store::isAllowed(const std::string &user, const std::string &database, const char *privilege) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_users.find(user);
    if (found == m_users.end())
        return m_parameters.at("USER_AUTH") == "FALSE";
    for (const auto &[where, privileges] : found->second.grants) {
        if ((where == "*" || where == database) && (privileges.contains(privilege) || privileges.contains("ADMIN")))
            return true;
    }
    return m_parameters.at("USER_AUTH") == "FALSE";
}

} // namespace lindorm::server
