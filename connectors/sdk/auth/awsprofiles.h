// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// The two files that the AWS tools keep their profiles in.
namespace auth {

// What a profile says in one file.
struct AwsProfilePart {
    std::string file; // its full path
    std::map<std::string, std::string> values; // by lower-case key

    const std::string *find(const std::string &key) const; // nullptr: not given, or empty
};

// A profile of this name in both files; a part is there where the file has such a section.
struct AwsProfile {
    std::string name;
    std::optional<AwsProfilePart> credentials;
    std::optional<AwsProfilePart> config;

    bool exists() const { return credentials || config; }
    // The part that gives the key, the credentials file first; nullptr if none does.
    const AwsProfilePart *partWith(const std::string &key) const;
};

// Sections of the text by name, keys in lower case. Lines that are neither, and indented ones (values of several
// lines), are passed over.
std::map<std::string, std::map<std::string, std::string>> readIni(std::string_view text);

// Where the files are, by the environment.
std::string awsCredentialsFile();
std::string awsConfigFile();

// AWS_DEFAULT_PROFILE, AWS_PROFILE, or "default".
std::string awsProfileName(const std::string &named);
AwsProfile readAwsProfile(const std::string &name);

// A variable of the environment; empty if it is not set.
std::string environmentValue(const char *name);

// A command line in its words, by the rules of a shell for quotes and backslashes; nothing is replaced.
std::vector<std::string> commandWords(std::string_view command);

} // namespace auth
