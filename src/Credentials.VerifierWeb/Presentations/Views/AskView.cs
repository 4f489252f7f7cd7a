using System.Globalization;
using Credentials.VerifierWeb.Languages;
using Credentials.VerifierWeb.Markup;
using Credentials.VerifierWeb.Pages;

namespace Credentials.VerifierWeb.Presentations.Views;

/// <summary>Where an employer chooses what to ask.</summary>
internal static class AskView
{
    private const int UsualLevel = 6;

    /// <summary>The page.</summary>
    public static Html Render(PageView view)
    {
        AskWords words = view.Words.Ask;
        return Html.Of($"""
            <section class="card start">
            <h1>{words.Title}</h1>
            <p>{words.Introduction}</p>
            </section>
            <form class="card" action="/presentations?lang={view.Words.Tag}" method="post">
            <fieldset>
            <legend>{words.What}</legend>
            {Choice(Question.LevelKind, words.Level, words.LevelHint, Level(words), isChosen: true)}
            {Choice(Question.DegreeKind, words.Degree, words.DegreeHint, Html.Empty, isChosen: false)}
            {Choice(Question.DiplomaKind, words.Diploma, words.DiplomaHint, Html.Empty, isChosen: false)}
            </fieldset>
            <button type="submit">{words.Submit}</button>
            </form>
            """);
    }

    /// <summary>The way here from the front page.</summary>
    public static Html Link(PageView view) => Html.Of($"""<p class="card again"><a href="/ask?lang={view.Words.Tag}">{view.Words.Ask.Link}</a></p>""");

    /// <summary>What was asked, in one sentence.</summary>
    public static Html Sentence(Words words, Question question) => question.Kind switch
    {
        Question.LevelKind => Html.Of($"{words.Ask.Level}. {words.Ask.AtLeast}: {LevelName(words.Ask, question.Level)}"),
        Question.DegreeKind => Html.Of($"{words.Ask.Degree}"),
        Question.DiplomaKind => Html.Of($"{words.Ask.Diploma}"),
        _ => Html.Of($"{words.Ask.Own}"),
    };

    /// <summary>A level in words and as a number: <c>Master's degree level (7)</c>.</summary>
    public static string LevelName(AskWords words, int level) =>
        words.Levels.TryGetValue(level.ToString(CultureInfo.InvariantCulture), out string? name) ? string.Create(CultureInfo.InvariantCulture, $"{name} ({level})") : level.ToString(CultureInfo.InvariantCulture);

    private static Html Choice(string kind, string name, string hint, Html more, bool isChosen) => Html.Of($"""
        <div class="choice">
        <input type="radio" id="{kind}" name="query" value="{kind}" aria-describedby="{kind}-hint"{(isChosen ? Html.Of($" checked") : Html.Empty)}>
        <div><label for="{kind}">{name}</label>
        <p class="hint" id="{kind}-hint">{hint}</p>{more}</div>
        </div>
        """);

    private static Html Level(AskWords words) => Html.Of($"""
        <p class="field"><label for="at-least">{words.AtLeast}</label>
        <select id="at-least" name="level">{Html.Join(Enumerable.Range(Question.LowestLevel, Question.HighestLevel).Reverse().Select(level => Html.Of($"""<option value="{level}"{(level == UsualLevel ? Html.Of($" selected") : Html.Empty)}>{LevelName(words, level)}</option>""")))}</select></p>
        """);
}
