/*-------------------------------------------------------------------------
 *
 * tags.h
 *	  Numbers that say what kind of model or summary a stored value is.
 *
 * Stored values contain tags, so a tag is never changed or reused.
 *
 * src/base/tags.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TAGS_H
#define SEG_BASE_TAGS_H

enum
{
	SEG_TAG_KMEANS = 1,
	SEG_TAG_KMEANS_ELBOW = 2,
	SEG_TAG_TIER = 3,
	SEG_TAG_TIER_TRANSITION = 4,
	SEG_TAG_RFM = 5,
	SEG_TAG_KAPLAN_MEIER = 6,
	SEG_TAG_COX = 7,
	SEG_TAG_BGNBD = 8,
	SEG_TAG_PARETONBD = 9,
	SEG_TAG_GAMMA_GAMMA = 10,
	SEG_TAG_SBG = 11,
	SEG_TAG_CF = 12,
	SEG_TAG_ITEMSET = 17,
	SEG_TAG_FREQUENT_SEQUENCE = 18,
	SEG_TAG_LINEAR = 19,
	SEG_TAG_LOGISTIC = 20,
	SEG_TAG_POISSON = 21,
	SEG_TAG_GAMMA = 22,
	SEG_TAG_TREE = 23,
	SEG_TAG_FOREST = 24,
	SEG_TAG_BOOSTING = 25,
	SEG_TAG_ISOLATION = 26,
	SEG_TAG_SEGMENT_PROFILE = 27,
	SEG_TAG_CONFUSION_MATRIX = 28,
	SEG_TAG_CALIBRATION = 29,
	SEG_TAG_CONFORMAL = 30,
	SEG_TAG_FEATURE_SUMMARY = 31,
	SEG_TAG_SCALER = 32,
	SEG_TAG_IMPUTER = 33,
	SEG_TAG_POWER = 34,
	SEG_TAG_PCA = 35,
	SEG_TAG_HIERARCHICAL = 36,
	SEG_TAG_SOFTMAX = 37,
	SEG_TAG_LINUCB_STATE = 38,
	SEG_TAG_KPROTOTYPES = 39,
	SEG_TAG_AB_STATE = 40,
	SEG_TAG_AB_RATIO_STATE = 41,
	SEG_TAG_LDA = 42,
	SEG_TAG_PHRASE = 43,
	SEG_TAG_PROFILE_WEIGHTS = 44,
	SEG_TAG_AB_QUANTILE_STATE = 46,
	SEG_TAG_OFFER_ALLOCATION = 47,
	SEG_TAG_WINSORIZER = 49
};

#endif /* SEG_BASE_TAGS_H */
