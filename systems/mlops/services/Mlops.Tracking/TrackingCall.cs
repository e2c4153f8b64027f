using System.Collections.Immutable;

namespace Mlops.Tracking;

/// <summary>One call of MLflow's REST API: the SQL that does it and gives the answer as one JSON value.</summary>
/// <param name="Name">Below <c>/api/2.0/mlflow/</c>.</param>
/// <param name="Sql">Answers with one row of one JSON value; no row means that there is no such thing.</param>
/// <param name="Fields">What stands for $1, $2, … of the SQL, by name; a trailing "?": may be left out.</param>
internal sealed record TrackingCall(string Name, string Sql, params ImmutableArray<string> Fields)
{
    private const string Run = """
        json_build_object('run', json_build_object(
            'info', json_build_object('run_id', r.run_id, 'experiment_id', r.experiment_id::text, 'status', r.status,
                'start_time', r.start_time, 'end_time', r.end_time, 'artifact_uri', 'mlflow-artifacts:/' || r.run_id),
            'data', json_build_object(
                'metrics', COALESCE((SELECT json_agg(json_build_object('key', m.key, 'value', m.value,
                    'timestamp', m.at)) FROM metrics m WHERE m.run_id = r.run_id), '[]'),
                'params', COALESCE((SELECT json_agg(json_build_object('key', p.key, 'value', p.value))
                    FROM params p WHERE p.run_id = r.run_id), '[]'))))
        """;

    private const string Version = """
        json_build_object('name', v.name, 'version', v.version::text, 'current_stage', v.stage, 'source', v.source,
            'run_id', v.run_id, 'status', 'READY')
        """;

    private const string Experiment =
        "json_build_object('experiment_id', id::text, 'name', name, 'lifecycle_stage', 'active')";

    /// <summary>Gets the tables; statements are only ever added.</summary>
    public static ImmutableArray<string> Tables { get; } =
    [
        "CREATE TABLE experiments (id serial PRIMARY KEY, name text UNIQUE NOT NULL)",
        """
        CREATE TABLE runs (run_id text PRIMARY KEY, experiment_id int NOT NULL REFERENCES experiments,
            status text NOT NULL DEFAULT 'RUNNING', start_time bigint, end_time bigint)
        """,
        """
        CREATE TABLE metrics (run_id text NOT NULL REFERENCES runs, key text NOT NULL, value double precision NOT NULL,
            at bigint, PRIMARY KEY (run_id, key))
        """,
        """
        CREATE TABLE params (run_id text NOT NULL REFERENCES runs, key text NOT NULL, value text NOT NULL,
            PRIMARY KEY (run_id, key))
        """,
        "CREATE TABLE registered_models (name text PRIMARY KEY)",
        """
        CREATE TABLE model_versions (name text NOT NULL REFERENCES registered_models, version int NOT NULL,
            source text NOT NULL, run_id text, stage text NOT NULL DEFAULT 'None', PRIMARY KEY (name, version))
        """,
    ];

    /// <summary>Gets every call.</summary>
    public static ImmutableArray<TrackingCall> All { get; } =
    [
        new("experiments/create", """
            INSERT INTO experiments (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = $1
            RETURNING json_build_object('experiment_id', id::text)
            """, "name"),
        new("experiments/get-by-name",
            $"SELECT json_build_object('experiment', {Experiment}) FROM experiments WHERE name = $1",
            "experiment_name"),
        new("experiments/search",
            $"SELECT json_build_object('experiments', COALESCE(json_agg({Experiment}), '[]')) FROM experiments"),
        new("runs/create", $"""
            WITH r AS (INSERT INTO runs (run_id, experiment_id, start_time)
                VALUES (replace(gen_random_uuid()::text, '-', ''), $1::int, $2::bigint) RETURNING *)
            SELECT {Run} FROM r
            """, "experiment_id", "start_time?"),
        new("runs/get", $"SELECT {Run} FROM runs r WHERE r.run_id = $1", "run_id"),
        new("runs/update", """
            UPDATE runs SET status = COALESCE($2, status), end_time = COALESCE($3::bigint, end_time) WHERE run_id = $1
            RETURNING json_build_object('run_info', json_build_object('run_id', run_id, 'status', status))
            """, "run_id", "status?", "end_time?"),
        new("runs/search", $"""
            SELECT json_build_object('runs', COALESCE(json_agg(({Run})->'run'), '[]')) FROM runs r
            """),
        new("runs/log-metric", """
            INSERT INTO metrics VALUES ($1, $2, $3::double precision, $4::bigint)
            ON CONFLICT (run_id, key) DO UPDATE SET value = EXCLUDED.value, at = EXCLUDED.at RETURNING '{}'::json
            """, "run_id", "key", "value", "timestamp?"),
        new("runs/log-parameter", """
            INSERT INTO params VALUES ($1, $2, $3) ON CONFLICT (run_id, key) DO UPDATE SET value = EXCLUDED.value
            RETURNING '{}'::json
            """, "run_id", "key", "value"),
        new("registered-models/create", """
            INSERT INTO registered_models VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = $1
            RETURNING json_build_object('registered_model', json_build_object('name', name))
            """, "name"),
        new("registered-models/search", """
            SELECT json_build_object('registered_models', COALESCE(json_agg(json_build_object('name', name)), '[]'))
            FROM registered_models
            """),
        new("registered-models/get-latest-versions", $"""
            SELECT json_build_object('model_versions', COALESCE(json_agg({Version}), '[]')) FROM (
                SELECT DISTINCT ON (stage) * FROM model_versions WHERE name = $1 ORDER BY stage, version DESC) v
            WHERE $2::text IS NULL OR v.stage IN (SELECT json_array_elements_text($2::json))
            """, "name", "stages?"),
        new("model-versions/create", $"""
            WITH v AS (INSERT INTO model_versions (name, version, source, run_id)
                SELECT $1, COALESCE(max(version), 0) + 1, $2, $3 FROM model_versions WHERE name = $1 RETURNING *)
            SELECT json_build_object('model_version', {Version}) FROM v
            """, "name", "source", "run_id?"),
        new("model-versions/transition-stage", $"""
            WITH v AS (UPDATE model_versions SET stage = $3 WHERE name = $1 AND version = $2::int RETURNING *),
                old AS (UPDATE model_versions o SET stage = 'Archived' FROM v
                    WHERE o.name = v.name AND o.stage = $3 AND o.version <> v.version)
            SELECT json_build_object('model_version', {Version}) FROM v
            """, "name", "version", "stage"),
    ];
}
