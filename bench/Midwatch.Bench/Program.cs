using Midwatch.Bench;

switch (args)
{
    case ["compile", _, ..]:
        return CompileBench.Run(args.Skip(1));
    case ["parts", _, ..]:
        return PartsBench.Run(args.Skip(1));
    case ["cancel", var list]:
        return await CancelBench.RunAsync(list);
    default:
        await Console.Error.WriteLineAsync("Midwatch.Bench compile|parts FILE…  |  Midwatch.Bench cancel LIST");
        return 2;
}
