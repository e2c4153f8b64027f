using System.Security.Cryptography;
using System.Text;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>
/// Hashes what a decision rests on: facts without ages, counts and pod names, and without what comes and goes.
/// </summary>
internal static class FindingsSeal
{
    public static string Of(Verdict verdict)
    {
        var cause = verdict.Chosen?.Best?.Cause.Ranked;
        IEnumerable<Reason> reasons = cause is null ? [] : cause.For;
        var facts = reasons.SelectMany(reason => reason.Observations)
            .Where(one => one.IsFinding && ObservationTypes.Default.Find(one.Type) is { IsTransient: false })
            .Select(one => $"{one.Subject.Namespace}|{one.Type}|{one.Key}|{one.Value}")
            .Distinct().Order(StringComparer.Ordinal);
        var text =
            string.Join('\n', facts.Prepend($"{verdict.Chosen?.Scenario.Id}|{cause?.Key}|{cause?.Subject.Namespace}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
