namespace Reference.Inference;

/// <summary>Where models come from: a folder, the program itself.</summary>
public interface IModelSource
{
    /// <summary>Looks which models there are now, sorted.</summary>
    IReadOnlyList<string> Names();

    /// <summary>Loads one.</summary>
    /// <exception cref="InferenceException">There is none of that name, or it is damaged.</exception>
    IInferenceModel Load(string name);
}
