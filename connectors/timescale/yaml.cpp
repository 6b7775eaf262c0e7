// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml.h"

#include "json/number.h"
#include "json/writer.h"

#include <QCoreApplication>

#include <yaml-cpp/yaml.h>

namespace timescale {

namespace {

struct YamlTr {
    Q_DECLARE_TR_FUNCTIONS(TimescaleYaml)
};

constexpr int kMostLevels = 200;
constexpr std::size_t kMostText = std::size_t(64) << 20; // aliases of aliases can stand for more than any memory holds

core::Error yamlError(const QString &message)
{
    core::Error error;
    error.kind = core::ErrorKind::Usage;
    error.message = message;
    return error;
}

class JsonOfNodes
{
public:
    // False: too deep or too long.
    bool add(const YAML::Node &node, int level = 0)
    {
        if (level > kMostLevels || m_text.size() > kMostText)
            return false;
        if (node.IsSequence())
            return addSequence(node, level);
        if (node.IsMap())
            return addMap(node, level);
        addScalar(node);
        return true;
    }
    std::string &text() { return m_text; }

private:
    bool addSequence(const YAML::Node &node, int level)
    {
        char before = '[';
        for (const YAML::Node &element : node) {
            m_text += before;
            before = ',';
            if (!add(element, level + 1))
                return false;
        }
        m_text += before == '[' ? "[]" : "]";
        return true;
    }
    bool addMap(const YAML::Node &node, int level)
    {
        char before = '{';
        for (const auto &member : node) {
            m_text += before;
            before = ',';
            json::appendString(m_text, member.first.IsScalar() ? member.first.Scalar() : std::string());
            m_text += ':';
            if (!add(member.second, level + 1))
                return false;
        }
        m_text += before == '{' ? "{}" : "}";
        return true;
    }
    void addScalar(const YAML::Node &node)
    {
        const bool isPlain = node.IsScalar() && node.Tag() == "?";
        const std::string text = node.IsScalar() ? node.Scalar() : "null";
        const bool isWord = text == "true" || text == "false" || text == "null" || json::isNumber(text);
        if (!node.IsScalar() || (isPlain && isWord))
            m_text += text;
        else
            json::appendString(m_text, text);
    }

    std::string m_text;
};

} // namespace

core::Result<std::string> jsonOfYaml(const std::string &text)
{
    try {
        JsonOfNodes json;
        if (!json.add(YAML::Load(text)))
            return yamlError(YamlTr::tr("The YAML is nested too deep, or its aliases stand for too much."));
        return std::move(json.text());
    } catch (const YAML::Exception &exception) {
        core::Error error = yamlError(YamlTr::tr("Line %1 is no YAML: %2").arg(exception.mark.line + 1).arg(QString::fromStdString(exception.msg)));
        return error;
    }
}

} // namespace timescale
