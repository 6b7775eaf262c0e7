// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sandbox/cloud.h"

namespace timescale::server {

// API Gateway's management interface: REST APIs with resources, methods, integrations, deployments, stages, models and
// the export. Signed requests only.
void serveGatewayApi(Cloud &cloud, const sandbox::Request &request, sandbox::Reply &reply);

// What stands behind /restapis/{id}, under the cloud's lock.
struct GatewayCall {
    Cloud &cloud;
    RestApi &api;
    const sandbox::Request &request;
    sandbox::Reply &reply;
    QStringList path; // behind the API's id, decoded
    QJsonObject body;

    void notFound(const QString &what) const { refuse(reply, 404, "NotFoundException", what.toStdString()); }
    void bad(const QString &what) const { refuse(reply, 400, "BadRequestException", what.toStdString()); }
};

void serveResources(const GatewayCall &call);

} // namespace timescale::server
