using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>What a client of exec or attach wants.</summary>
/// <param name="Argv">The program and its arguments; empty for attach.</param>
/// <param name="Stdin">The client will send input.</param>
/// <param name="Tty">The program gets a terminal, and its errors come with its output.</param>
internal sealed record SessionRequest(
    string Namespace, string Pod, string Container, ImmutableArray<string> Argv, bool Stdin, bool Tty);
