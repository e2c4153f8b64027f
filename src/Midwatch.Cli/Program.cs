using Midwatch.Cli.Commands;
using Midwatch.Cli.Terminal;

var screen = Screen.ForConsole();
return await CommandLine.InvokeAsync(screen, args);
