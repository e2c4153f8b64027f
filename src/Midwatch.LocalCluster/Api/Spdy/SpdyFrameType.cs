namespace Midwatch.LocalCluster.Api.Spdy;

/// <summary>The control frames that matter here, with their numbers on the wire.</summary>
internal static class SpdyFrameType
{
    public const int SynStream = 1;
    public const int SynReply = 2;
    public const int ResetStream = 3;
    public const int Settings = 4;
    public const int Ping = 6;
    public const int GoAway = 7;
    public const int Headers = 8;
    public const int WindowUpdate = 9;
}
