// SPDX-License-Identifier: GPL-3.0-or-later
#include "request/awsoperations.h"

#include <array>

namespace request {

namespace {

constexpr std::array kOperations{
    AwsOperation{"lambda", "publish-layer-version", "POST", "/2018-10-31/layers/{layer-name}/versions", ""},
    AwsOperation{"lambda", "list-layers", "GET", "/2018-10-31/layers", "compatible-runtime=CompatibleRuntime,marker=Marker,max-items=MaxItems"},
    AwsOperation{"lambda", "list-layer-versions", "GET", "/2018-10-31/layers/{layer-name}/versions", "compatible-runtime=CompatibleRuntime,marker=Marker,max-items=MaxItems"},
    AwsOperation{"lambda", "get-layer-version", "GET", "/2018-10-31/layers/{layer-name}/versions/{version-number}", ""},
    AwsOperation{"lambda", "delete-layer-version", "DELETE", "/2018-10-31/layers/{layer-name}/versions/{version-number}", ""},
    AwsOperation{"lambda", "create-function", "POST", "/2015-03-31/functions", ""},
    AwsOperation{"lambda", "invoke", "POST", "/2015-03-31/functions/{function-name}/invocations", "qualifier=Qualifier"},
    AwsOperation{"lambda", "list-functions", "GET", "/2015-03-31/functions/", "marker=Marker,max-items=MaxItems,function-version=FunctionVersion,master-region=MasterRegion"},
    AwsOperation{"lambda", "get-function", "GET", "/2015-03-31/functions/{function-name}", "qualifier=Qualifier"},
    AwsOperation{"lambda", "delete-function", "DELETE", "/2015-03-31/functions/{function-name}", "qualifier=Qualifier"},
    AwsOperation{"lambda", "get-function-configuration", "GET", "/2015-03-31/functions/{function-name}/configuration", "qualifier=Qualifier"},
    AwsOperation{"lambda", "update-function-code", "PUT", "/2015-03-31/functions/{function-name}/code", ""},
    AwsOperation{"lambda", "update-function-configuration", "PUT", "/2015-03-31/functions/{function-name}/configuration", ""},
    AwsOperation{"lambda", "publish-version", "POST", "/2015-03-31/functions/{function-name}/versions", ""},
    AwsOperation{"lambda", "add-permission", "POST", "/2015-03-31/functions/{function-name}/policy", "qualifier=Qualifier"},
    AwsOperation{"lambda", "get-policy", "GET", "/2015-03-31/functions/{function-name}/policy", "qualifier=Qualifier"},
    AwsOperation{"lambda", "remove-permission", "DELETE", "/2015-03-31/functions/{function-name}/policy/{statement-id}", "qualifier=Qualifier"},
    AwsOperation{"lambda", "create-alias", "POST", "/2015-03-31/functions/{function-name}/aliases", ""},
    AwsOperation{"lambda", "create-function-url-config", "POST", "/2021-10-31/functions/{function-name}/url", "qualifier=Qualifier"},
    AwsOperation{"apigateway", "create-rest-api", "POST", "/restapis", ""},
    AwsOperation{"apigateway", "get-rest-apis", "GET", "/restapis", "limit=limit,position=position"},
    AwsOperation{"apigateway", "get-rest-api", "GET", "/restapis/{rest-api-id}", ""},
    AwsOperation{"apigateway", "delete-rest-api", "DELETE", "/restapis/{rest-api-id}", ""},
    AwsOperation{"apigateway", "get-resources", "GET", "/restapis/{rest-api-id}/resources", "limit=limit,position=position,embed=embed"},
    AwsOperation{"apigateway", "get-resource", "GET", "/restapis/{rest-api-id}/resources/{resource-id}", "embed=embed"},
    AwsOperation{"apigateway", "create-resource", "POST", "/restapis/{rest-api-id}/resources/{parent-id}", ""},
    AwsOperation{"apigateway", "delete-resource", "DELETE", "/restapis/{rest-api-id}/resources/{resource-id}", ""},
    AwsOperation{"apigateway", "put-method", "PUT", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}", ""},
    AwsOperation{"apigateway", "get-method", "GET", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}", ""},
    AwsOperation{"apigateway", "delete-method", "DELETE", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}", ""},
    AwsOperation{"apigateway", "put-method-response", "PUT", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}/responses/{status-code}", ""},
    AwsOperation{"apigateway", "put-integration", "PUT", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}/integration", ""},
    AwsOperation{"apigateway", "get-integration", "GET", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}/integration", ""},
    AwsOperation{"apigateway", "put-integration-response", "PUT", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}/integration/responses/{status-code}", ""},
    AwsOperation{"apigateway", "create-deployment", "POST", "/restapis/{rest-api-id}/deployments", ""},
    AwsOperation{"apigateway", "get-deployments", "GET", "/restapis/{rest-api-id}/deployments", "limit=limit,position=position"},
    AwsOperation{"apigateway", "create-stage", "POST", "/restapis/{rest-api-id}/stages", ""},
    AwsOperation{"apigateway", "get-stages", "GET", "/restapis/{rest-api-id}/stages", "deployment-id=deploymentId"},
    AwsOperation{"apigateway", "get-stage", "GET", "/restapis/{rest-api-id}/stages/{stage-name}", ""},
    AwsOperation{"apigateway", "get-export", "GET", "/restapis/{rest-api-id}/stages/{stage-name}/exports/{export-type}", ""},
    AwsOperation{"apigateway", "test-invoke-method", "POST", "/restapis/{rest-api-id}/resources/{resource-id}/methods/{http-method}", ""},
    AwsOperation{"apigateway", "get-api-keys", "GET", "/apikeys", "limit=limit,position=position,name-query=name,include-values=includeValues"},
    AwsOperation{"apigateway", "create-api-key", "POST", "/apikeys", ""},
    AwsOperation{"", "execute-statement", "POST", "/", ""},
    AwsOperation{"", "batch-execute-statement", "POST", "/", ""},
    AwsOperation{"", "describe-statement", "POST", "/", ""},
    AwsOperation{"", "get-statement-result", "POST", "/", ""},
    AwsOperation{"", "get-statement-result-v2", "POST", "/", ""},
    AwsOperation{"", "cancel-statement", "POST", "/", ""},
    AwsOperation{"", "list-statements", "POST", "/", ""},
    AwsOperation{"", "list-databases", "POST", "/", ""},
    AwsOperation{"", "list-schemas", "POST", "/", ""},
    AwsOperation{"", "list-tables", "POST", "/", ""},
    AwsOperation{"", "describe-table", "POST", "/", ""},
};

// Services that take SQL as JSON of AWS's own protocol ("X-Amz-Target: NAME.Operation") are named so. The one of RDS is
// named so too and has paths instead.
bool isStatementService(std::string_view service)
{
    return service.ends_with("-data") && service != "rds-data";
}

} // namespace

const AwsOperation *findAwsOperation(std::string_view service, std::string_view name)
{
    for (const AwsOperation &operation : kOperations) {
        const bool isService = operation.service.empty() ? isStatementService(service) : operation.service == service;
        if (isService && operation.name == name)
            return &operation;
    }
    return nullptr;
}

} // namespace request
