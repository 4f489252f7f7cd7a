namespace Credentials.CredentialTypes;

/// <summary>The words of <see cref="DiplomaType"/>. They are pinned by its integrity: a change is a new type.</summary>
internal static class DiplomaTypeTexts
{
    /// <summary>The type's name and description in each language.</summary>
    public static IReadOnlyList<(string Locale, string Name, string Description)> Names { get; } =
    [
        ("en", "Diploma", "A degree, diploma or certificate awarded by a higher education institution."),
        ("es", "Diploma", "Un grado, título o certificado otorgado por una institución de educación superior."),
        ("ar", "شهادة", "درجة أو دبلوم أو شهادة تمنحها مؤسسة تعليم عالٍ."),
        ("zh-Hans", "文凭", "由高等教育机构颁发的学位、文凭或证书。"),
        ("pt", "Diploma", "Um grau, diploma ou certificado conferido por uma instituição de ensino superior."),
    ];

    /// <summary>The claims, with their labels in the same languages.</summary>
    public static IReadOnlyList<Claim> Claims { get; } =
    [
        new("evidence", ["Record on the register", "Constancia en el registro", "القيد في السجل", "登记记录", "Registo no livro público"]),
        new("eqf_level", ["Level (EQF)", "Nivel (MEC)", "المستوى (الإطار الأوروبي للمؤهلات)", "级别(欧洲资格框架)", "Nível (QEQ)"]),
        new("degree_name", ["Degree", "Título", "الدرجة العلمية", "学位", "Grau"]),
        new("isced_field", ["Field (ISCED-F code)", "Campo (código CINE-F)", "المجال (رمز ISCED-F)", "学科领域(ISCED-F 代码)", "Área (código CITE-F)"]),
        new("field_name", ["Field of study", "Campo de estudio", "مجال الدراسة", "专业", "Área de estudo"]),
        new("award_date", ["Date of award", "Fecha de expedición", "تاريخ المنح", "授予日期", "Data de concessão"]),
        new("grade", ["Grade", "Calificación", "التقدير", "成绩", "Classificação"]),
        new("institution_name", ["Institution", "Institución", "المؤسسة", "院校", "Instituição"]),
        new("country", ["Country", "País", "البلد", "国家", "País"]),
        new("name", ["Name", "Nombre", "الاسم", "姓名", "Nome"]),
        new("birth_date", ["Date of birth", "Fecha de nacimiento", "تاريخ الميلاد", "出生日期", "Data de nascimento"]),
        new("student_number", ["Student number", "Número de estudiante", "رقم الطالب", "学号", "Número de estudante"]),
        new("diploma", ["Whole diploma", "Diploma completo", "الشهادة كاملة", "完整文凭", "Diploma completo"]) { Mandatory = true },
        new("credentialStatus", ["Register of revocations", "Registro de revocaciones", "سجل الإلغاءات", "撤销登记", "Registo de revogações"]) { Disclosable = false },
    ];

    /// <summary>One claim.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Labels">Its labels, in the order of the languages.</param>
    internal sealed record Claim(string Name, IReadOnlyList<string> Labels)
    {
        /// <summary>Whether every diploma has it.</summary>
        public bool Mandatory { get; init; }

        /// <summary>Whether its holder may withhold it.</summary>
        public bool Disclosable { get; init; } = true;
    }
}
