namespace Midwatch.Kubernetes;

/// <summary>The bounds of the client, in one place.</summary>
internal static class Limits
{
    public const int ListPageItems = 500;
    public const int ListPagesMax = 200;
    public const int AnswerBytesMax = 64 * 1024 * 1024;
    public const int ProxyBytesMax = 1024 * 1024;
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan Request = TimeSpan.FromSeconds(15);
}
