using System.Net.Sockets;
using System.Security.Authentication;

namespace Midwatch.Kubernetes;

/// <summary>Says why a server could not be reached, in words that lead to the remedy.</summary>
internal static class Unreachability
{
    public static string Explain(Kubeconfig kubeconfig, Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return $"nothing listens at {kubeconfig.Server}: is the cluster running?";
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain }:
                    return $"the name '{kubeconfig.Server.Host}' does not resolve";
                case AuthenticationException:
                    return $"the certificate of {kubeconfig.Server} is not from the CA of "
                        + $"context '{kubeconfig.Context}' in {kubeconfig.Path}: does this kubeconfig belong to this cluster?";
                case FileNotFoundException or DirectoryNotFoundException:
                    return $"the token file of context '{kubeconfig.Context}' cannot be read: {inner.Message}";
            }
        }

        return $"{kubeconfig.Server} cannot be reached: {exception.Message}";
    }
}
