namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>One decision of a rollout: give this ReplicaSet that many replicas.</summary>
internal sealed record Resize(ReplicaSetFacts Target, int Replicas);
