/*-------------------------------------------------------------------------
 *
 * methods.c
 *	  Every kind of model and summary.
 *
 * src/kernel/model/methods.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/model/methods.h"

#include "kernel/lifetime/bgnbd.h"
#include "kernel/recommend/cf.h"
#include "kernel/evaluate/calibration.h"
#include "kernel/evaluate/conformal.h"
#include "kernel/evaluate/confusion_matrix.h"
#include "kernel/survival/cox.h"
#include "kernel/pattern/frequent_sequence.h"
#include "kernel/prepare/feature_summary.h"
#include "kernel/prepare/imputer.h"
#include "kernel/prepare/pca.h"
#include "kernel/prepare/power.h"
#include "kernel/prepare/preparation_train.h"
#include "kernel/prepare/profile_weights.h"
#include "kernel/prepare/scaler.h"
#include "kernel/prepare/segment_profile.h"
#include "kernel/prepare/winsorizer.h"
#include "kernel/hierarchy/hierarchical.h"
#include "kernel/lifetime/gamma_gamma.h"
#include "kernel/pattern/itemset.h"
#include "kernel/survival/kaplan_meier.h"
#include "kernel/cluster/kmeans.h"
#include "kernel/cluster/kmeans_elbow.h"
#include "kernel/cluster/kprototypes.h"
#include "kernel/lifetime/paretonbd.h"
#include "kernel/regression/regression.h"
#include "kernel/regression/softmax.h"
#include "kernel/text/phrase.h"
#include "kernel/tier/rfm.h"
#include "kernel/lifetime/sbg.h"
#include "kernel/tier/tier.h"
#include "kernel/tier/tier_transition.h"
#include "kernel/experiment/ab_quantile_state.h"
#include "kernel/experiment/ab_state.h"
#include "kernel/policy/linucb.h"
#include "kernel/policy/offer_allocation.h"
#include "kernel/tree/isolation.h"
#include "kernel/tree/tree.h"
#include "kernel/topic/lda.h"

const SegPreparer *const seg_methods_preparer = &seg_preparer;

const SegMethod *const seg_methods[] = {
	&seg_kmeans_method,
	&seg_kmeans_elbow_method,
	&seg_kprototypes_method,
	&seg_tier_method,
	&seg_tier_transition_method,
	&seg_rfm_method,
	&seg_kaplan_meier_method,
	&seg_cox_method,
	&seg_bgnbd_method,
	&seg_paretonbd_method,
	&seg_gamma_gamma_method,
	&seg_sbg_method,
	&seg_cf_method,
	&seg_itemset_method,
	&seg_frequent_sequence_method,
	&seg_linear_method,
	&seg_logistic_method,
	&seg_poisson_method,
	&seg_gamma_method,
	&seg_softmax_method,
	&seg_confusion_matrix_method,
	&seg_calibration_method,
	&seg_tree_method,
	&seg_forest_method,
	&seg_boosting_method,
	&seg_isolation_method,
	&seg_conformal_method,
	&seg_feature_summary_method,
	&seg_segment_profile_method,
	&seg_scaler_method,
	&seg_imputer_method,
	&seg_winsorizer_method,
	&seg_power_method,
	&seg_pca_method,
	&seg_profile_weights_method,
	&seg_hierarchical_method,
	&seg_ab_state_method,
	&seg_ab_ratio_state_method,
	&seg_ab_quantile_state_method,
	&seg_linucb_state_method,
	&seg_offer_allocation_method,
	&seg_lda_method,
	&seg_phrase_method,
	NULL,
};
