// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sqleffect.h"
#include "connector/tokens.h"

#include <algorithm>
#include <array>

namespace connector {

namespace {

// PostgreSQL, "System Administration Functions", "Sequence Manipulation Functions" and "Large Objects"; TimescaleDB's
// API of hypertables and jobs; MySQL's locks.
constexpr std::array<std::string_view, 44> kNames{"nextval", "setval", "set_config", "pg_terminate_backend", "pg_cancel_backend",
    "pg_reload_conf", "pg_rotate_logfile", "pg_notify", "pg_switch_wal", "pg_promote", "pg_start_backup", "pg_stop_backup",
    "pg_backup_start", "pg_backup_stop", "pg_export_snapshot", "pg_log_backend_memory_contexts", "pg_import_system_collations",
    "pg_wal_replay_pause", "pg_wal_replay_resume", "pg_copy_physical_replication_slot", "pg_copy_logical_replication_slot",
    "lowrite", "loread", "query_to_xml", "query_to_xmlschema", "query_to_xml_and_xmlschema", "cursor_to_xml", "create_hypertable",
    "create_distributed_hypertable", "drop_chunks", "move_chunk", "reorder_chunk", "compress_chunk", "decompress_chunk",
    "add_dimension", "add_job", "alter_job", "delete_job", "run_job", "attach_tablespace", "detach_tablespace", "get_lock",
    "release_lock", "release_all_locks"};
constexpr std::array<std::string_view, 19> kBeginnings{"lo_", "dblink", "pg_advisory_", "pg_try_advisory_", "pg_create_", "pg_drop_",
    "pg_replication_origin_", "pg_replication_slot_", "pg_logical_slot_get_", "pg_logical_emit_", "pg_stat_reset", "pg_file_",
    "pg_sync_", "set_chunk_", "set_number_", "set_adaptive_", "add_continuous_", "remove_", "timescaledb_"};

bool beginsWith(std::string_view text, std::string_view beginning)
{
    return text.size() >= beginning.size() && sameWord(text.substr(0, beginning.size()), beginning);
}

bool isPolicy(std::string_view name)
{
    constexpr std::string_view kSuffix = "_policy";
    return beginsWith(name, "add_") && name.size() > kSuffix.size() && sameWord(name.substr(name.size() - kSuffix.size()), kSuffix);
}

} // namespace

bool hasSideEffects(std::string_view function)
{
    return isPolicy(function)
        || std::any_of(kNames.begin(), kNames.end(), [&](std::string_view name) { return sameWord(name, function); })
        || std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](std::string_view beginning) { return beginsWith(function, beginning); });
}

} // namespace connector
