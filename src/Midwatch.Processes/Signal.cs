namespace Midwatch.Processes;

/// <summary>
/// A signal by its Linux number; numbers without a name here (real-time signals) are valid values too.
/// </summary>
public enum Signal
{
    /// <summary>Sends nothing; only asks whether there is a process to send to.</summary>
    None = 0,

    /// <summary>SIGHUP: the terminal is gone; many servers reload.</summary>
    Hup = 1,

    /// <summary>SIGINT: Ctrl-C.</summary>
    Interrupt = 2,

    /// <summary>SIGQUIT: end with a core.</summary>
    Quit = 3,

    /// <summary>SIGILL: illegal instruction.</summary>
    Ill = 4,

    /// <summary>SIGTRAP: breakpoint.</summary>
    Trap = 5,

    /// <summary>SIGABRT: the program gave up on itself.</summary>
    Abrt = 6,

    /// <summary>SIGBUS: bad memory access.</summary>
    Bus = 7,

    /// <summary>SIGFPE: arithmetic fault.</summary>
    Fpe = 8,

    /// <summary>SIGKILL: ends the process; cannot be caught.</summary>
    Kill = 9,

    /// <summary>SIGUSR1: the program's own meaning.</summary>
    Usr1 = 10,

    /// <summary>SIGSEGV: bad memory address.</summary>
    Segv = 11,

    /// <summary>SIGUSR2: the program's own meaning.</summary>
    Usr2 = 12,

    /// <summary>SIGPIPE: nobody reads what was written.</summary>
    Pipe = 13,

    /// <summary>SIGALRM: a timer ran out.</summary>
    Alrm = 14,

    /// <summary>SIGTERM: please end.</summary>
    Term = 15,

    /// <summary>SIGCHLD: a child changed its state.</summary>
    Chld = 17,

    /// <summary>SIGCONT: go on after a stop.</summary>
    Cont = 18,

    /// <summary>SIGSTOP: stop; cannot be caught.</summary>
    Stop = 19,

    /// <summary>SIGTSTP: Ctrl-Z.</summary>
    Tstp = 20,

    /// <summary>SIGXCPU: more processor time than allowed.</summary>
    Xcpu = 24,

    /// <summary>SIGXFSZ: a larger file than allowed.</summary>
    Xfsz = 25,

    /// <summary>SIGWINCH: the terminal changed its size.</summary>
    Winch = 28,

    /// <summary>SIGSYS: a system call that is not allowed.</summary>
    Sys = 31,
}
