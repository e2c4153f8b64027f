using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Cluster;

namespace Midwatch.Incidents.Plans;

/// <summary>
/// Hashes what a seal binds. Every part is written with its length, so that no two plans run together.
/// </summary>
internal sealed class SealHash
{
    private readonly StringBuilder _text = new();

    public static string Of(PlanDraft draft, int approvalsNeeded, DateTimeOffset expiresAt)
    {
        var hash = new SealHash();
        hash.Add(draft.ScenarioId);
        hash.Add(draft.Cluster);
        hash.Add(draft.FindingsHash);
        hash.Add(approvalsNeeded.ToString(CultureInfo.InvariantCulture));
        hash.Add(expiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture));
        hash.Add(string.Join('\n', draft.Questions));
        hash.Add(draft.Commands);
        hash.Add(draft.Verification);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hash._text.ToString())));
    }

    private void Add(string? part)
    {
        var length = part?.Length ?? -1;
        _text.Append(CultureInfo.InvariantCulture, $"{length}:{part};");
    }

    private void Add(ClusterIdentity cluster)
    {
        Add(cluster.Server);
        Add(cluster.AuthorityHash);
        Add(cluster.SystemUid);
        Add(cluster.IsLocal ? "local" : "remote");
    }

    private void Add(ImmutableArray<PlannedCommand> commands)
    {
        Add(commands.Length.ToString(CultureInfo.InvariantCulture));
        foreach (var command in commands)
        {
            Add(command.Id);
            Add(command.Text);
            Add(command.ArgumentVectors.Length.ToString(CultureInfo.InvariantCulture));
            foreach (var vector in command.ArgumentVectors)
            {
                Add(vector.Length.ToString(CultureInfo.InvariantCulture));
                foreach (var argument in vector)
                {
                    Add(argument);
                }
            }

            foreach (var target in command.Targets)
            {
                Add(target);
            }
        }
    }

    private void Add(TargetSnapshot target)
    {
        Add(target.Key);
        Add(string.Join(',', target.Uids));
        Add(target.Generation?.ToString(CultureInfo.InvariantCulture));
        Add(target.SpecHash);
    }
}
