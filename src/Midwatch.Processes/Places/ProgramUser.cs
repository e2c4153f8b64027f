namespace Midwatch.Processes.Places;

/// <summary>Whom a program runs as, when we are root. It gets no further groups and no privileges.</summary>
public sealed record ProgramUser(uint UserId, uint GroupId);
