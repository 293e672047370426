/** An opinion of `review_aspect`, or a mean of some, nearer to 0 is called neither favourable nor unfavourable. */
export const leastOpinion = 0.1
