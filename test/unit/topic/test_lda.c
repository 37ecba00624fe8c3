/*
 * test_lda.c: kernel/topic: documents in canonical order, what a document
 * says about its topics against scipy, and training
 */
#include "kernel/topic/lda_score.h"
#include "unit.h"

void test_lda(void);

/* ---------- documents ---------- */

#define TERMS 8
#define K     3

typedef struct Texts
{
	SegItemLists lists;
	SegIds ids;
	SegItemRows rows;
} Texts;

/*
 * n ids, "t0000000" and so on, whose codes count from the last one down.
 */
static void
begin_texts(SegEnv *env, Texts *t, int64_t n)
{
	int64_t *ends = env->alloc(env->host, (size_t) n * sizeof(int64_t));
	char *bytes = env->alloc(env->host, (size_t) n * 8 + 1);
	int32_t *places = env->alloc(env->host, (size_t) n * sizeof(int32_t));

	for (int64_t i = 0; i < n; i++)
	{
		snprintf(bytes + 8 * i, 9, "t%07d", (int) i);
		ends[i] = 8 * (i + 1);
		places[i] = (int32_t) (n - 1 - i);
	}
	*t = (Texts){.ids = {n, NULL, {ends, bytes, n}}};
	t->rows = (SegItemRows){NULL, NULL, places, 0, SIZE_MAX, NULL, 1e300};
}

/* codes: n - 1 - term */
static void
add_text(SegEnv *env, Texts *t, const int32_t *terms, int32_t n)
{
	int32_t codes[1000];

	for (int32_t i = 0; i < n; i++)
		codes[i] = (int32_t) t->ids.count - 1 - terms[i];
	CHECK(seg_item_lists_add(env, &t->lists, codes, n) == SEG_OK);
}

static const SegItemRows *
rows_of(Texts *t)
{
	t->rows.lists = &t->lists;
	t->rows.ids = &t->ids;
	return &t->rows;
}

static SegLdaParams
default_params(int64_t k)
{
	SegLdaParams params;

	seg_options_defaults(seg_lda_options, &params, sizeof(params));
	params.k = k;
	return params;
}

static SegLda
train(SegEnv *env, Texts *t, const SegLdaParams *params)
{
	SegLda model = {.version = {"", 0}, .options = {"{}", 2}};

	CHECK(seg_lda_train(env, rows_of(t), params, &model) == SEG_OK);
	CHECK(seg_image_validate(env, &seg_lda_method, &model) == SEG_OK);
	return model;
}

static bool
is_same_model(const SegLda *a, const SegLda *b)
{
	return a->k == b->k && a->term_count == b->term_count &&
	       a->iterations == b->iterations &&
	       memcmp(&a->perplexity, &b->perplexity, sizeof(double)) == 0 &&
	       memcmp(a->lambda,
	              b->lambda,
	              (size_t) (a->k * a->term_count) * sizeof(double)) == 0 &&
	       memcmp(a->topic_shares,
	              b->topic_shares,
	              (size_t) a->k * sizeof(double)) == 0;
}

/* ---------- golden numbers of test/oracle/lda.py ---------- */

/* clang-format off */
static const double golden_topics[TERMS][K] = {
	{22.941510336447045, 10.612296585970357, 0.44619307758250909},
	{33.204181859095549, 0.38300621424236475, 0.41281192666201028},
	{8.7513487023131908, 35.669922294253006, 14.578729003433724},
	{0.38680671372419084, 0.36248890741335626, 46.250704378862373},
	{15.357775757465719, 4.1362508145930521, 41.505973427941143},
	{11.700515900149311, 21.920169150247244, 0.37931494960336692},
	{39.256529467011362, 0.36522200032078755, 0.37824853266778502},
	{8.7723996700436953, 10.124191184197803, 44.103409145758427},
};

/* gamma of each topic, bound */
static const double golden[][K + 1] = {
	{5.1183230669121516, 0.36566195957916647, 16.516014973508682, -40.790080396128793},
	{0.3515734276143575, 17.69543381410141, 7.952992758284231, -43.090920982687123},
	{10.737978637865828, 9.7083962281735054, 10.553625133960672, -65.455902285921042},
	{37.251134758108371, 0.452841689155833, 19.2960235527358, -123.21337628285016},
	{14.24655579449907, 9.3493806725347159, 0.40406353296621722, -48.047589131127509},
	{5.9367486043157491, 0.36550127995493725, 21.69775011572931, -49.866813898430209},
	{0.38165425881205173, 7.7236784994617746, 15.89466724172617, -44.93177456808332},
	{4.1899741530571672, 28.433675626464364, 0.376350220478467, -57.34855548883381},
	{32.855563971974867, 0.45591547903307716, 23.688520548992056, -118.44981471426576},
	{27.202534009807117, 0.40903256422843964, 0.38843342596444236, -50.357378403820697},
	{3.0647627724031472, 4.406315151086087, 10.528922076510765, -35.092555633244459},
	{0.36759829111945475, 5.5410475374721884, 22.091354171408355, -46.579646031426819},
};
/* clang-format on */

/* The counts of documents() in the oracle. */
static SegLdaDocument
golden_document(int d, int32_t *terms, int32_t *counts)
{
	int64_t n = 0;

	for (int t = 0; t < TERMS; t++)
	{
		int count = (d * d + 3 * t * d + t) % 5 * ((t + d) % 3 ? 1 : 3);

		terms[n] = t;
		counts[n] = count;
		n += count > 0;
	}
	return (SegLdaDocument){n, terms, counts};
}

/*
 * For topics that scikit-learn found, gamma is that of a fixed point as scipy
 * has it, within the step at which it stops, and the bound, flat there, closer.
 */
static void
agrees_with_scipy(void)
{
	SegEnv env = unit_env();
	SegLdaTopics topics;
	SegLdaPosterior p;
	int64_t steps = 0;

	CHECK(seg_lda_topics_create(&env, TERMS, K, 1.0 / K, 1.0 / K, &topics) ==
	      SEG_OK);
	for (int w = 0; w < TERMS; w++)
		for (int t = 0; t < K; t++)
			topics.lambda[w * topics.weights.width + t] = golden_topics[w][t];
	CHECK(seg_lda_topics_weigh(&env, &topics) == SEG_OK);
	CHECK(seg_lda_posterior_create(&env, topics.weights.width, &p) == SEG_OK);
	for (int d = 0; d < 12; d++)
	{
		int32_t terms[TERMS], counts[TERMS];
		SegLdaDocument document = golden_document(d, terms, counts);
		double gamma = 0;

		CHECK(seg_lda_infer(&env, &topics.weights, &document, &p, &steps) ==
		      SEG_OK);
		for (int t = 0; t < K; t++)
		{
			gamma += p.gamma[t];
			CHECK(fabs(p.gamma[t] - golden[d][t]) < 0.05);
		}
		CHECK_NEAR(gamma, seg_lda_tokens(&document) + 1, 1e-12);
		CHECK(fabs(seg_lda_bound(&topics.weights, &document, &p) -
		           golden[d][K]) < 1e-3);
		CHECK(seg_lda_bound(&topics.weights, &document, &p) <
		      golden[d][K] + 1e-9);
	}
	unit_env_free(&env);
}

/* ---------- the corpus ---------- */

static void
makes_bags(void)
{
	SegEnv env = unit_env();
	SegLdaVocabulary all = {1, 1.0, 0};
	SegLdaVocabulary few = {2, 0.75, 2};
	SegLdaCorpus corpus;
	Texts t;

	begin_texts(&env, &t, 5);
	add_text(&env, &t, (int32_t[]){3, 1, 3, 0}, 4);
	add_text(&env, &t, (int32_t[]){0, 3, 1, 3}, 4);
	add_text(&env, &t, NULL, 0);
	add_text(&env, &t, (int32_t[]){2, 1}, 2);
	CHECK(seg_lda_corpus_make(&env, rows_of(&t), &all, &corpus) == SEG_OK);
	CHECK(corpus.n == 2 && corpus.documents == 3 && corpus.tokens == 10);
	CHECK(corpus.terms.count == 4); /* nobody has the last one */
	for (int64_t d = 0; d < 2; d++)
	{
		SegLdaDocument document = seg_lda_document(&corpus, d);

		if (document.n == 3)
			CHECK(corpus.times[d] == 2 && document.terms[2] == 3 &&
			      document.counts[2] == 2 && document.counts[0] == 1);
		else
			CHECK(corpus.times[d] == 1 && document.n == 2 &&
			      document.terms[0] == 1 && document.terms[1] == 2);
	}
	/* in two documents or more, and in three of four or fewer; the two with
	 * most tokens: 3 has four, and 1 three */
	CHECK(seg_lda_corpus_make(&env, rows_of(&t), &few, &corpus) == SEG_OK);
	CHECK(corpus.terms.count == 2 && corpus.tokens == 7);
	CHECK(seg_texts_get(&corpus.terms.names, 0).bytes[7] == '1');
	CHECK(seg_texts_get(&corpus.terms.names, 1).bytes[7] == '3');
	unit_env_free(&env);
}

/* ---------- training ---------- */

#define PLANTED 4
#define WORDS   10 /* of each topic */

/* Documents of one or two of four topics without a common word. */
static void
plant(SegEnv *env, Texts *t, int n, uint64_t seed, bool backwards)
{
	begin_texts(env, t, PLANTED * WORDS);
	for (int at = 0; at < n; at++)
	{
		int d = backwards ? n - 1 - at : at;
		uint64_t draw = seed + 1000 * (uint64_t) d;
		int first = unit_draw(&draw, PLANTED);
		int second = unit_draw(&draw, PLANTED);
		int32_t terms[30];
		int size = 10 + unit_draw(&draw, 20);

		for (int i = 0; i < size; i++)
		{
			int topic = unit_draw(&draw, 4) ? first : second;
			/* the first words are more frequent */
			int word = unit_draw(&draw, 1 + unit_draw(&draw, WORDS));

			terms[i] = topic * WORDS + word;
		}
		add_text(env, t, terms, size);
	}
}

/* The words of each topic that was planted meet in one topic. */
static void
finds_planted_topics(void)
{
	for (uint64_t seed = 0; seed < 5; seed++)
	{
		SegEnv env = unit_env();
		SegLdaParams params = default_params(PLANTED);
		bool is_taken[PLANTED] = {false};
		SegLda model;
		Texts t;

		params.seed = (int64_t) seed;
		plant(&env, &t, 300, seed, false);
		model = train(&env, &t, &params);
		CHECK(model.converged && model.document_count == 300);
		for (int64_t topic = 0; topic < PLANTED; topic++)
		{
			int planted = -1;
			SegTop top;

			CHECK(seg_lda_top_terms(&env, &model, topic, 5, &top) == SEG_OK);
			CHECK(top.n == 5);
			for (int i = 0; i < 5; i++)
			{
				SegText term = seg_texts_get(&model.terms, top.item[i].index);
				int from = term.bytes[6] - '0'; /* of "t0000012": tens */

				CHECK(planted < 0 || planted == from);
				planted = from;
			}
			CHECK(!is_taken[planted]);
			is_taken[planted] = true;
		}
		unit_env_free(&env);
	}
}

static void
order_does_not_matter(void)
{
	SegEnv env = unit_env();
	SegLdaParams params = default_params(PLANTED);
	Texts forwards, backwards;
	SegLda a, b;

	plant(&env, &forwards, 300, 7, false);
	plant(&env, &backwards, 300, 7, true);
	a = train(&env, &forwards, &params);
	b = train(&env, &backwards, &params);
	CHECK(is_same_model(&a, &b));
	unit_env_free(&env);
}

/* More passes do not raise the perplexity. */
static void
passes_help(void)
{
	SegEnv env = unit_env();
	SegLdaParams params = default_params(5);
	double before = INFINITY;
	Texts t;

	params.restarts = 1;
	params.tolerance = 0;
	plant(&env, &t, 200, 3, false);
	for (params.max_iterations = 1; params.max_iterations < 12;
	     params.max_iterations++)
	{
		SegLda model = train(&env, &t, &params);

		CHECK(model.iterations <= params.max_iterations);
		CHECK(model.perplexity < before * (1 + 1e-4));
		before = model.perplexity;
	}
	unit_env_free(&env);
}

/* ---------- limits ---------- */

static SegStatus
train_status(SegEnv *env, Texts *t, const SegLdaParams *params, SegLda *model)
{
	*model = (SegLda){.version = {"", 0}, .options = {"{}", 2}};
	return seg_lda_train(env, rows_of(t), params, model);
}

static void
bears_odd_documents(void)
{
	SegEnv env = unit_env();
	SegLdaParams params = default_params(10);
	SegLda model;
	Texts t;

	begin_texts(&env, &t, 3);
	add_text(&env, &t, NULL, 0);
	CHECK(train_status(&env, &t, &params, &model) == SEG_NO_TERMS);
	CHECK(env.diag.got == 1);
	/* more topics than documents and terms, and one of two documents empty */
	add_text(&env, &t, (int32_t[]){1, 1, 1}, 3);
	model = train(&env, &t, &params);
	CHECK(model.rows_used == 2 && model.document_count == 1);
	CHECK(model.token_count == 3 && model.term_count == 1 && model.k == 10);
	/* priors at which every weight underflows */
	for (double prior = 1e-8; prior < 1e7; prior *= 10)
	{
		SegLdaScorer *scorer;
		SegLdaFit fit = {{0, 0}, 0};
		SegLdaDocument document = {1, (int32_t[]){0}, (int32_t[]){2}};
		double shares[10], sum = 0, perplexity;

		params.alpha = params.beta = prior;
		add_text(&env, &t, (int32_t[]){0, 2, 2}, 3);
		model = train(&env, &t, &params);
		CHECK(isfinite(model.perplexity) && model.perplexity > 0);
		CHECK(seg_lda_scorer_make(&env, &model, &scorer) == SEG_OK);
		CHECK(seg_lda_shares(&env, scorer, &document, shares) == SEG_OK);
		for (int i = 0; i < 10; i++)
			sum += shares[i];
		CHECK_NEAR(sum, 1, 1e-12);
		CHECK(seg_lda_perplexity(&env, &fit, &perplexity) == SEG_UNDEFINED);
		CHECK(seg_lda_fit_add(&env, scorer, &document, &fit) == SEG_OK);
		CHECK(fit.tokens == 2 && seg_lda_fit_is_sound(&fit));
		CHECK(seg_lda_perplexity(&env, &fit, &perplexity) == SEG_OK);
		CHECK(perplexity >= 1);
		seg_lda_fit_merge(&fit, &fit);
		CHECK(fit.tokens == 4);
	}
	t.rows.most_work = 100;
	CHECK(train_status(&env, &t, &params, &model) == SEG_WORK_LIMIT);
	t.rows.most_model = 100;
	CHECK(train_status(&env, &t, &params, &model) == SEG_MODEL_LIMIT);
	/* below 1e-8, digamma itself might overflow */
	for (int i = 0; i < 2; i++)
	{
		params = default_params(3);
		*(i == 0 ? &params.alpha : &params.beta) = 1e-9;
		CHECK(seg_lda_trainer.check(&env, &params) == SEG_OPTION_RANGE);
		CHECK(env.diag.got == 1e-9 && env.diag.want == 1e-8);
		*(i == 0 ? &params.alpha : &params.beta) = 1e-8;
		CHECK(seg_lda_trainer.check(&env, &params) == SEG_OK);
	}
	unit_env_free(&env);
}

static void
knows_damage(void)
{
	SegEnv env = unit_env();
	SegLdaParams params = default_params(2);
	double lambda[] = {1, 2, 3, 4};
	double shares[] = {2, 1};
	SegLda model, damaged;
	Texts t;

	begin_texts(&env, &t, 2);
	add_text(&env, &t, (int32_t[]){0, 0, 1}, 3);
	damaged = model = train(&env, &t, &params);
	damaged.lambda = lambda;
	CHECK(seg_image_validate(&env, &seg_lda_method, &damaged) == SEG_CORRUPT);
	damaged = model;
	damaged.topic_shares = shares;
	CHECK(seg_image_validate(&env, &seg_lda_method, &damaged) == SEG_CORRUPT);
	damaged = model;
	damaged.token_count++;
	CHECK(seg_image_validate(&env, &seg_lda_method, &damaged) == SEG_CORRUPT);
	damaged = model;
	damaged.document_count = 2;
	CHECK(seg_image_validate(&env, &seg_lda_method, &damaged) == SEG_CORRUPT);
	CHECK(seg_image_validate(&env, &seg_lda_method, &model) == SEG_OK);
	unit_env_free(&env);
}

/* Running out of memory anywhere, or being stopped, is reported. */
static void
stops_anywhere(void)
{
	SegEnv env = unit_env();
	SegLdaParams params = default_params(4);
	SegLda model;
	Texts t;
	int before;
	int needed;

	plant(&env, &t, 100, 1, false);
	before = unit_env_allocations(&env);
	CHECK(train_status(&env, &t, &params, &model) == SEG_OK);
	needed = unit_env_allocations(&env) - before;
	CHECK(needed > 20);
	for (int i = 0; i < needed; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(train_status(&env, &t, &params, &model) == SEG_NO_MEMORY);
	}
	unit_env_free(&env);

	env = unit_env();
	plant(&env, &t, 1000, 1, false);
	unit_env_stop_after(&env, 3);
	CHECK(train_status(&env, &t, &params, &model) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_lda(void)
{
	agrees_with_scipy();
	makes_bags();
	finds_planted_topics();
	order_does_not_matter();
	passes_help();
	bears_odd_documents();
	knows_damage();
	stops_anywhere();
}
