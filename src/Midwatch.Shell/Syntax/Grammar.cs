namespace Midwatch.Shell.Syntax;

/// <summary>The parts of the parser over one text; they call each other through this.</summary>
internal sealed class Grammar
{
    public Grammar(ParserState state)
    {
        State = state;
        PartLists = new PartListPool(state);
        Runs = new PlainRuns(state);
        Placeholders = new PlaceholderReader(state);
    }

    public ParserState State { get; }

    public PartListPool PartLists { get; }

    public PlainRuns Runs { get; }

    public PlaceholderReader Placeholders { get; }

    // Made when first needed: a here-document is a text of its own, and most hold next to nothing.
    public ListParser Lists => field ??= new ListParser(this);

    public CommandParser Commands => field ??= new CommandParser(this);

    public CompoundParser Compounds => field ??= new CompoundParser(this);

    public SimpleCommandParser Simple => field ??= new SimpleCommandParser(this);

    public RedirectionParser Redirections => field ??= new RedirectionParser(this);

    public HereDocumentParser HereDocuments => field ??= new HereDocumentParser(this);

    public AssignmentParser Assignments => field ??= new AssignmentParser(this);

    public WordParser Words => field ??= new WordParser(this);

    public OperandParser Operands => field ??= new OperandParser(this);

    public QuoteParser Quotes => field ??= new QuoteParser(this);

    public DollarParser Dollars => field ??= new DollarParser(this);

    public ParameterParser Parameters => field ??= new ParameterParser(this);

    public ParameterOperationParser Operations => field ??= new ParameterOperationParser(this);

    public ArithmeticParser Arithmetic => field ??= new ArithmeticParser(this);

    public TestParser Tests => field ??= new TestParser(this);
}
