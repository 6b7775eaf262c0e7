// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <string>
#include <vector>

namespace connector {

class ManifestReader;

// What a dialect's manifest tells the test of a connection: which steps it can take, and what its failures mean.
struct DiagnosisHints {
    // By what an answer is known to come from a server of this dialect, without a log-in: it has all the members at the
    // top of its JSON object, and the header where one is named.
    struct Sign {
        std::string request; // .http syntax, sent without a log-in; empty: only answers that came anyhow are looked at
        std::vector<std::string> members;
        std::string header;
    };
    // What an error of the server means, and what to try. What is not given matches everything; at least one is.
    struct Meaning {
        std::vector<std::string> codes; // one of them is the error's serverCode
        int status = 0; // of HTTP
        std::string contains; // in the server's text, in any case
        QString means; // translated
        QString advice; // translated
    };

    QString service; // what listens at the default port: "taosAdapter"; translated
    QString start; // how to start or to reach it; translated
    std::string loginStatement; // answered to who is let in only; empty: the root of the catalogue is read
    std::string versionStatement; // its first value tells the version; empty: the server does not tell
    std::string versionMember; // of the JSON object that this value is
    std::string statement; // the cheapest; empty: the first thing of the catalogue that can be opened
    std::vector<Sign> signs;
    std::vector<Meaning> meanings; // the first that fits
};

DiagnosisHints readDiagnosisHints(ManifestReader reader);

} // namespace connector
