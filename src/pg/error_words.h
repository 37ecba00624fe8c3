/*-------------------------------------------------------------------------
 *
 * error_words.h
 *	  The words for every failure that a kernel can report: SQLSTATE, message,
 *	  detail and hint for each status.
 *
 * They are templates (see base/template.h) and name no method: names come as
 * facts. A detail or hint is left out if it uses a fact that is missing.
 *
 * WORDS() is defined by the files that include this one: pg/errors.c and the
 * unit tests.
 *
 * src/pg/error_words.h
 *
 *-------------------------------------------------------------------------
 */
/* no include guard: it is included more than once */

/* clang-format off */

/* ---------- what may be wrong with a row ---------- */

WORDS(SEG_BAD_DIM, ERRCODE_ARRAY_SUBSCRIPT_ERROR,
      "{what} must have the same number of elements",
      "One has {got} where {want} {want|was|were} expected.")

WORDS(SEG_DIM_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "{what} must have between 1 and {want} elements",
      "It would have {got}.")

WORDS(SEG_NOT_FINITE, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "{what} is out of range")

WORDS(SEG_INFINITE, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "{what} must be finite",
      "It is {got}.",
      "Replace or filter such values.")

WORDS(SEG_VALUE_RANGE, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "values of element {want_element} are too {name} to compute with",
      "The {what} is {got}.",
      "Divide or multiply the column by a constant, or look for a damaged value.")

WORDS(SEG_ELEMENT_RANGE, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "{what} {want_element} is out of range",
      "It is made of {got}.")

WORDS(SEG_NO_LOGARITHM, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "log1p takes values above -1",
      "The smallest value of element {want_element} is {got}.",
      "Take yeo_johnson, which transforms any value.")

WORDS(SEG_MISSING, ERRCODE_NULL_VALUE_NOT_ALLOWED,
      "{what} cannot use missing elements",
      "Element {got_element} of a vector is missing.",
      "Filter such rows with missing_count(), or fill in the missing elements first.")

WORDS(SEG_MISSING_FILLED, ERRCODE_NULL_VALUE_NOT_ALLOWED,
      "{what} cannot use missing elements",
      "Element {got_element} of a vector is missing.",
      "Train with the option \"impute\" to have them filled in, or filter such rows with missing_count().")

WORDS(SEG_BAD_WEIGHT, ERRCODE_INVALID_PARAMETER_VALUE,
      "weight is out of range: {got}",
      "A weight must be finite and not negative.")

/* ---------- what may be wrong with the rows taken together ---------- */

WORDS(SEG_NOT_COMPARABLE, ERRCODE_NULL_VALUE_NOT_ALLOWED,
      "two rows have no element in common",
      "{what} compares the elements that are missing in neither of two rows.",
      "Fill in missing elements with the option \"impute\", or leave out rows that have few elements.")

WORDS(SEG_TOO_FEW_ROWS, ERRCODE_DATA_EXCEPTION,
      "too few distinct rows for {want} {what}",
      "There {got|is|are} {got} distinct {got|row|rows}.",
      "Ask for fewer, or set the option \"when_too_few\" to \"null\" to get NULL for such groups of rows.")

WORDS(SEG_NO_EVENTS, ERRCODE_DATA_EXCEPTION,
      "{what} needs at least one event",
      "{got} {got|row was seen, and it is|rows were seen, and all of them are} censored.",
      "Set the option \"when_too_few\" to \"null\" to get NULL for groups without events.")

WORDS(SEG_ONE_CLASS, ERRCODE_DATA_EXCEPTION,
      "{what} needs labels that differ",
      "{got} {got|row was seen, and its label is|rows were seen, and the label of all of them is} {name}.",
      "Set the option \"when_too_few\" to \"null\" to get NULL for groups with one label.")

WORDS(SEG_NO_TERMS, ERRCODE_DATA_EXCEPTION,
      "{what} has no {name} to learn from",
      "{got} {got|row was seen, and it has|rows were seen, and they have} none that count.",
      "Change {options}, or set the option \"when_too_few\" to \"null\" to get NULL for such groups of rows.")

WORDS(SEG_SHORT_OF_ROWS, ERRCODE_DATA_EXCEPTION,
      "{what} needs at least {want} {want|row|rows}",
      "There {got|is|are} {got}.",
      "Lower {options}, or set the option \"when_too_few\" to \"null\" to get NULL for such groups of rows.")

WORDS(SEG_UNDETERMINED, ERRCODE_DATA_EXCEPTION,
      "rows do not determine all {what}",
      "They determine {got} of {want}.",
      "Raise {options}, or ask for fewer {what}.")

WORDS(SEG_LEVERAGE, ERRCODE_DATA_EXCEPTION,
      "option \"{what}\" cannot be \"{name}\" for these rows",
      "A coefficient is determined by a single row, whose leverage is 1.",
      "Use \"hc1\", or leave out the element or the row.")

WORDS(SEG_SINGULAR, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "{what} cannot be told apart",
      NULL,
      "Raise the option \"{name}\", or scale the weights down.")

WORDS(SEG_DIVERGED, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE,
      "training diverged in epoch {got}",
      NULL,
      "Lower the option \"{what}\".")

/* ---------- options and other arguments ---------- */

WORDS(SEG_UNKNOWN_OPTION, ERRCODE_INVALID_PARAMETER_VALUE,
      "unrecognized option \"{what}\"",
      NULL,
      "Perhaps you meant the option \"{name}\".")

WORDS(SEG_OPTION_TYPE, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" must be {name}")

WORDS(SEG_OPTION_RANGE, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" is out of range: {got}",
      "It must be between {want} and {limit}.",
      "Write {name} as a share: 10 % is 0.1.")

WORDS(SEG_SHARE_RANGE, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" is out of range: {got}",
      "It is a share of the {name}: above 0 and at most 1, as 0.05 for 5 %.",
      "At 0, all that the items could make would be frequent, even what none of the {name} has. "
      "A tiny number, such as 1e-9, takes whatever occurs.")

WORDS(SEG_OPTION_SIZE, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" has the wrong number of {name}",
      "There {got|is|are} {got} where {want} {want|was|were} expected.")

WORDS(SEG_OPTION_WORD, ERRCODE_INVALID_PARAMETER_VALUE,
      "unrecognized value for option \"{what}\": \"{seen}\"",
      NULL,
      "It must be one of: {name}.")

WORDS(SEG_OPTION_LONG, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" is too long",
      "It has {got} bytes, and at most {want} are allowed.",
      NULL)

WORDS(SEG_OPTION_FEATURE, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" names no feature: \"{seen}\"",
      "The option \"feature_names\" has {options}.",
      "It must be the number of an element, or a name from the option \"feature_names\".")

WORDS(SEG_OPTION_UNUSED, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" is not used by method \"{name}\"")

WORDS(SEG_OPTION_NEEDS, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" needs {name}")

WORDS(SEG_OPTION_CLASH, ERRCODE_INVALID_PARAMETER_VALUE,
      "option \"{what}\" cannot be combined with {name}")

WORDS(SEG_NOT_IN_SQL, ERRCODE_FEATURE_NOT_SUPPORTED,
      "{what} cannot be written as an SQL expression",
      "PostgreSQL has no {name} that would give the same bits.")

WORDS(SEG_NOT_IN_METHOD, ERRCODE_FEATURE_NOT_SUPPORTED,
      "method \"{name}\" has no {what}")

WORDS(SEG_ARGUMENT_RANGE, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} is out of range: {got}",
      "It must be between {want} and {limit}.",
      "Perhaps it was meant as {name}, which comes after it.")

WORDS(SEG_NOT_SHARE, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} is out of range: {got}",
      "It must be between 0 and 1.",
      "Write {name} as a share: 10 % is 0.1.")

WORDS(SEG_ARGUMENT_BELOW, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} is out of range: {got}",
      "It must be finite and not below {want}.")

WORDS(SEG_BAD_PATTERN, ERRCODE_INVALID_REGULAR_EXPRESSION,
      "invalid {name}",
      "Expected {what} at position {got}.")

/* ---------- what was observed ---------- */

WORDS(SEG_NOT_POSITIVE, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must be positive and finite, not {got}")

WORDS(SEG_NOT_COUNT, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must be a non-negative whole number, not {got}")

WORDS(SEG_ABOVE, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must not be above {name}",
      "It is {got}, and {name} is {want}.")

WORDS(SEG_NOT_BELOW, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must be below {name}",
      "It is {got}, and {name} is {want}.")

WORDS(SEG_NOT_ZERO, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must be 0 where {name} is 0, not {got}")

WORDS(SEG_NO_START, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} 0 is missing",
      "The first {what} is {got}.",
      "Add a row for {what} 0, the start.")

WORDS(SEG_IS_FLAG, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} is 0 or 1 in all rows",
      "This is what a yes or no looks like.",
      "For rows that say yes or no, use {name}.")

WORDS(SEG_REPEATED, ERRCODE_INVALID_PARAMETER_VALUE,
      "there is more than one row for {what} {got}",
      NULL,
      "Train one model for each group of rows with GROUP BY, or add up the rows of each {what} first.")

WORDS(SEG_REPEATED_PAIR, ERRCODE_INVALID_PARAMETER_VALUE,
      "there is more than one row for the same {what} and {name}",
      NULL,
      "Keep one of them, as with DISTINCT ON in a subquery.")

WORDS(SEG_RISING, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} rises from {want} to {limit} in {name} {got}",
      "It must not rise from one {name} to the next.")

/* ---------- limits, damage and interruption ---------- */

WORDS(SEG_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "too many {what}: {got}",
      "The limit is {want}.")

WORDS(SEG_OPTION_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "too many {what}: {got}",
      "The limit is {want}.",
      "Raise the option {options}, or group the rows more coarsely.")

WORDS(SEG_DISTINCT_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "too many distinct {what} for {name}",
      "The limit is {want} here.",
      "Round the values, use a sample of the rows, or choose another method.")

WORDS(SEG_MEMORY_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "too many rows for {what}",
      "The setting segment.training_memory has room for {want} of them.",
      "Raise the setting, or train on a sample of the rows.")

WORDS(SEG_TOO_MANY_DAYS, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "there are {got} days from the first to the last",
      "The limit is {want}.",
      "Leave out rows whose time cannot be right.")

WORDS(SEG_STATE_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "{what} is too large: it needs {got} bytes",
      "The limit is {want}.",
      "It keeps every distinct value: leave out rare ones, or count them with GROUP BY in a subquery.")

WORDS(SEG_CHART_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "{what} is too large: it needs {got} bytes",
      "The limit is {want}.",
      "Lower the option \"limit\", or group the rows more coarsely.")

WORDS(SEG_CHART_MEMORY, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "memory for {what} exceeds the setting segment.training_memory",
      "It would take {got_kb} kB, the setting is {want_kb} kB.",
      "Group the rows more coarsely, or raise the setting.")

WORDS(SEG_WORK_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "memory for {what} exceeds the setting segment.training_memory",
      "It would take {got_kb} kB, the setting is {want_kb} kB.",
      "Raise the setting, or narrow the search with {options}.")

WORDS(SEG_SET_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "too many {what}: more than {want}",
      "{got} were found when the search stopped. The limit is that of {name}.",
      "Narrow the search with {options}.")

WORDS(SEG_SUBSET_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "too many {what}: more than {want}",
      "After {got} of them, one of {limit} items was found, and all that it contains is frequent too. "
      "The limit is that of {name}.",
      "Narrow the search with {options}.")

WORDS(SEG_MODEL_LIMIT, ERRCODE_PROGRAM_LIMIT_EXCEEDED,
      "{what} would have {got_kb} kB, more than the setting segment.max_model_size allows",
      NULL,
      "Use {name}.")

WORDS(SEG_NOT_PART, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} has rows that {name} has not")

WORDS(SEG_UNLIKE, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must be the same for all summaries",
      NULL,
      "Make them with the same {what}, or add up those that have it.")

WORDS(SEG_UNLIKE_SETTING, ERRCODE_INVALID_PARAMETER_VALUE,
      "{what} must be the same for all summaries",
      "It is {got} in one and {want} in another.",
      "Make them with the same {what}, or add up those that have it.")

WORDS(SEG_CORRUPT, ERRCODE_DATA_CORRUPTED,
      "{what} is corrupted",
      "Field \"{name}\" is invalid.")

WORDS(SEG_NO_MEMORY, ERRCODE_OUT_OF_MEMORY,
      "out of memory")

WORDS(SEG_STOPPED, ERRCODE_QUERY_CANCELED,
      "computation stopped on request")

/* ---------- what a user should know about a result that stands ---------- */

WORDS(SEG_NOTE_UNCONVERGED, ERRCODE_WARNING,
      "{what} did not converge in {got} {got|iteration|iterations}",
      NULL,
      "Raise the option \"max_iterations\" or \"tolerance\".")

WORDS(SEG_NOTE_PARTLY, ERRCODE_WARNING,
      "{what} did not converge for {got} of {want} {name}",
      NULL,
      "Raise the option \"max_iterations\" or \"tolerance\".")

WORDS(SEG_NOTE_RUNAWAY, ERRCODE_WARNING,
      "{what} did not converge in {want} {want|iteration|iterations}",
      "The coefficient of element {got_element} may be infinite: it still grows, but the likelihood does not.",
      "See whether the element alone tells the outcome of some rows.")

WORDS(SEG_NOTE_AT_BOUND, ERRCODE_WARNING,
      "{what} did not converge",
      "Parameter \"{name}\" ran to the limit of its range: these rows do not determine it.")

WORDS(SEG_NOTE_FLAT, ERRCODE_WARNING,
      "{what} did not converge",
      "These rows do not determine all parameters.")

WORDS(SEG_NOTE_UNBOUNDED, ERRCODE_WARNING,
      "{what} did not converge",
      "{got} {got|row has|rows have} a frequency above 0 and recency 0: all repeat purchases at the very time of the first one. The likelihood of that has no maximum, and rates come out far too high.",
      "Do not count the first purchase, take recency from the first purchase to the last one, or leave out such rows; purchase_summary() gives both.")

WORDS(SEG_NOTE_UNPAID, ERRCODE_WARNING,
      "{got} {got|row|rows} with purchases {got|has|have} no spend above 0",
      "The {what} cannot learn from {got|it, and it was|them, and they were} skipped.",
      "See whether refunds and free orders belong to the mean spend.")

WORDS(SEG_NOTE_CORRELATED, ERRCODE_WARNING,
      "{what} are correlated: {got}",
      "The {name} assumes that they are independent.")

WORDS(SEG_NOTE_CONSTANT, ERRCODE_WARNING,
      "all {what} are equal",
      "There is nothing to learn from them.",
      "For purchases or visits, use {name}.")

WORDS(SEG_NOTE_LEAK, ERRCODE_WARNING,
      "element {got_element} alone tells the {what}: a leak?",
      "The area under the ROC curve of this element alone is {want}.",
      "See whether it was known before the outcome was. What is written down afterwards must not be learned from.")

WORDS(SEG_NOTE_NO_ROW, ERRCODE_WARNING,
      "no row has the {name} \"{seen}\" of the option \"{what}\"",
      NULL,
      "See whether it is spelled as in the rows.")

/* clang-format on */
