// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "json/reader.h"

#include <string>

// What a reader makes of a body, token by token, as text that tests compare; a failure ends it with "!".
inline std::string transcriptOf(json::Reader &reader)
{
    std::string out;
    for (;;) {
        const json::Token token = reader.next();
        switch (token) {
        case json::Token::BeginObject:
            out += "{ ";
            break;
        case json::Token::EndObject:
            out += "} ";
            break;
        case json::Token::BeginArray:
            out += "[ ";
            break;
        case json::Token::EndArray:
            out += "] ";
            break;
        case json::Token::Key:
            out.append("k<").append(reader.text()).append("> ");
            break;
        case json::Token::String:
            out.append("s<").append(reader.text()).append("> ");
            break;
        case json::Token::Number:
            out.append("n<").append(reader.text()).append("> ");
            break;
        case json::Token::True:
            out += "true ";
            break;
        case json::Token::False:
            out += "false ";
            break;
        case json::Token::Null:
            out += "null ";
            break;
        case json::Token::End:
            return out + "end";
        case json::Token::Failed:
            return out + "!";
        }
    }
}
