namespace Midwatch.Shell.Syntax;

/// <summary>The parts of the parser over one text; they call each other through this.</summary>
internal sealed class Grammar
{
    public Grammar(ParserState state)
    {
        State = state;
        Lists = new ListParser(this);
        Commands = new CommandParser(this);
        Compounds = new CompoundParser(this);
        Simple = new SimpleCommandParser(this);
        Redirections = new RedirectionParser(this);
        HereDocuments = new HereDocumentParser(this);
        PartLists = new PartListPool(state);
        Runs = new PlainRuns(state);
        Assignments = new AssignmentParser(this);
        Words = new WordParser(this);
        Operands = new OperandParser(this);
        Quotes = new QuoteParser(this);
        Dollars = new DollarParser(this);
        Parameters = new ParameterParser(this);
        Operations = new ParameterOperationParser(this);
        Arithmetic = new ArithmeticParser(this);
        Tests = new TestParser(this);
        Placeholders = new PlaceholderReader(state);
    }

    public ParserState State { get; }

    public ListParser Lists { get; }

    public CommandParser Commands { get; }

    public CompoundParser Compounds { get; }

    public SimpleCommandParser Simple { get; }

    public RedirectionParser Redirections { get; }

    public HereDocumentParser HereDocuments { get; }

    public PartListPool PartLists { get; }

    public PlainRuns Runs { get; }

    public AssignmentParser Assignments { get; }

    public WordParser Words { get; }

    public OperandParser Operands { get; }

    public QuoteParser Quotes { get; }

    public DollarParser Dollars { get; }

    public ParameterParser Parameters { get; }

    public ParameterOperationParser Operations { get; }

    public ArithmeticParser Arithmetic { get; }

    public TestParser Tests { get; }

    public PlaceholderReader Placeholders { get; }
}
