using Credentials.DataModel;

namespace Credentials.Cli.Output;

/// <summary>A problem of a document as a line for a person.</summary>
internal static class ProblemLine
{
    public static string Of(Problem problem) =>
        $"  {problem.Code} at {(string.IsNullOrEmpty(problem.Pointer) ? "the document" : DisplayText.Of(problem.Pointer))}: {DisplayText.Of(problem.Detail)}";
}
