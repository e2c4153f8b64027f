using System.Reflection;

namespace Midwatch.Cli;

/// <summary>The version that this binary was built as.</summary>
internal static class ProductVersion
{
    internal static string Value =>
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0] ?? "0";
}
