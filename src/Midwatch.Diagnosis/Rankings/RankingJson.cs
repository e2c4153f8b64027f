namespace Midwatch.Diagnosis.Rankings;

/// <summary>Writes <c>ranking.schema.json</c>.</summary>
public static class RankingJson
{
    /// <summary>Writes indented JSON that ends with a line feed; members always come in the same order.</summary>
    public static string Write(Ranking ranking, Evidence evidence) => throw new NotImplementedException("lands next");
}
