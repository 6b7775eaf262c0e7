// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/networkkeys.h"
#include "connector/profile.h"
#include "http/url.h"

#include <string>
#include <vector>

// The steps from a URL's parts to a profile. Errors are Usage and never repeat what may be a secret.
namespace connector {

// The field that this part of the URL holds, among those that are shown with the profile's values.
ONDO_EXPORT const Field *fieldOf(const Manifest &manifest, Field::UrlPart part, const Profile &profile);

// Also takes the values that a variant of the scheme stands for.
core::Result<const Manifest *> manifestOf(
    const http::UrlParts &parts, const std::vector<Manifest> &manifests, Profile &profile);
core::Result<void> readQuery(const http::UrlParts &parts, const Manifest &manifest, Profile &profile);
core::Result<void> readAuthority(const http::UrlParts &parts, const Manifest &manifest, Profile &profile);
core::Result<void> readPath(const http::UrlParts &parts, const Manifest &manifest, Profile &profile);

void wipeSecrets(http::UrlParts &parts);

} // namespace connector
